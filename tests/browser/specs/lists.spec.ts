import { expect, test, type Page } from "../support/test";

/** The objects of the navigation, with what makes the smallest record of each that has a given name. */
const smallest: Record<string, (name: string) => Record<string, unknown>> = {
  account: (name) => ({ name }),
  contact: (last_name) => ({ last_name }),
  lead: (last_name) => ({ last_name }),
  deal: (name) => ({ name }),
  product: (name) => ({ name }),
  task: (subject) => ({ subject }),
  meeting: (subject) => ({ subject, starts_at: "2031-05-04T09:00:00Z" }),
  call: (subject) => ({ subject }),
  note: (subject) => ({ subject }),
  ticket: (subject) => ({ subject }),
  article: (title) => ({ title }),
  conversation: (name) => ({ name, channel: "email" }),
  user: (name) => ({ name, email: `${name.replaceAll(" ", "")}@demo.example` }),
  team: (name) => ({ name }),
  role: (name) => ({ name, grants: {} }),
  permission_set: (name) => ({ name, grants: {} }),
};
/** Those that stand under “Administration”. */
const administered = ["user", "team", "role", "permission_set"];

test("the navigation has every object that is made for it", async ({ api }) => {
  const shown = (await api.schema()).filter((object) => object.in_navigation && !object.custom).map((object) => object.name);
  expect([...shown, ...administered].sort()).toEqual(Object.keys(smallest).sort());
});

for (const [object, values] of Object.entries(smallest)) {
  test(`${object}: the navigation opens the list, its search finds a record, the record opens`, async ({ page, api, fresh, goTo, look, isMobile }) => {
    const name = fresh("Listed");
    await api.create(object, values(name));
    const definition = (await api.schema()).find((each) => each.name === object);
    await page.goto("/");
    await goTo(definition?.plural_label ?? "");
    await expect(page.getByRole("heading", { level: 1, name: definition?.plural_label })).toBeVisible();
    if (!isMobile) await expect(page.getByRole("columnheader", { name: "Name", exact: true })).toBeVisible();
    await look(`list of ${object}`);

    await page.getByRole("searchbox").fill(name);
    await expect(page.getByText("1 record", { exact: true })).toBeVisible();
    await page.getByRole("main").getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    await look(`record of ${object}`, { whole: true });
  });
}

test.describe("the list of deals", () => {
  test("shows fifty at a time, and more when asked", async ({ page }) => {
    await page.goto("/records/deal");
    const names = page.getByRole("main").getByRole("checkbox", { name: /^Choose (?!all)/ });
    await expect(page.getByText(/^50 of [\d,]+$/)).toBeVisible();
    await expect(names).toHaveCount(50);
    await page.getByRole("button", { name: "Load more" }).click();
    await expect(page.getByText(/^100 of [\d,]+$/)).toBeVisible();
    await expect(names).toHaveCount(100);
  });

  test("sorts by a column, downwards after a second click", async ({ page, isMobile }) => {
    test.skip(isMobile, "cards have no column headings");
    await page.goto("/records/deal");
    const stage = page.getByRole("columnheader", { name: "Stage" });
    await stage.getByRole("button").click();
    await expect(stage).toHaveAttribute("aria-sort", "ascending");
    await stage.getByRole("button").click();
    await expect(stage).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/descending/);
  });

  test("filters by a field of its own and by one of its account", async ({ page, api, look }) => {
    await page.goto("/records/deal");
    await page.getByRole("button", { name: "Filter" }).click();
    const drawer = page.getByRole("dialog");
    await condition(page, 0, "Account › Industry", "contains");
    await drawer.getByLabel("Value").fill("retail");
    await condition(page, 1, "Amount", "is greater than");
    await drawer.getByLabel("Value", { exact: true }).last().fill("5000");
    await look("filter");
    await drawer.getByRole("button", { name: "Apply" }).click();

    const filter = { and: [{ field: "account.industry", op: "contains", value: "retail" }, { field: "amount", op: "gt", value: 5000 }] };
    const { total } = await api.post("/records/deal/query", { filter, total: true, limit: 1 }) as { total: number };
    expect(total).toBeGreaterThan(0);
    await expect(page.getByText(`${total.toLocaleString("en")} records`)).toBeVisible();
    await expect(page.getByRole("list", { name: "Filter in force" }).getByRole("listitem")).toHaveCount(2);
    await look("filtered list");

    await page.getByRole("button", { name: /^Account › Industry contains/ }).press("Delete");
    await expect(page.getByRole("list", { name: "Filter in force" }).getByRole("listitem")).toHaveCount(1);
  });

  test("shows other columns when asked", async ({ page, isMobile, look }) => {
    test.skip(isMobile, "cards show the first columns");
    await page.goto("/records/deal");
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("dialog").getByLabel("Next step").check();
    await look("columns");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByRole("columnheader", { name: "Next step" })).toBeVisible();
  });
});

test("a view that was saved comes back with its filter", async ({ page, fresh, look }) => {
  const view = fresh("My retailers");
  await page.goto("/records/account");
  await page.getByRole("button", { name: "Filter" }).click();
  await condition(page, 0, "Industry", "contains");
  await page.getByRole("dialog").getByLabel("Value").fill("retail");
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
  const narrowed = page.getByText(/^\d\d? records$/);
  const count = await narrowed.textContent();

  await page.getByRole("button", { name: /^All Accounts/ }).click();
  await page.getByRole("menuitem", { name: "Save as new view" }).click();
  await page.getByLabel("Name of the view").fill(view);
  await look("save view");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: view })).toBeVisible();

  await page.goto("/records/account");
  await expect(page.getByText(count ?? "", { exact: true })).toBeHidden();
  await page.getByRole("button", { name: /^All Accounts/ }).click();
  await expect(page.getByRole("menuitem", { name: view })).toBeVisible();
  await look("views");
  await page.getByRole("menuitem", { name: view }).click();
  await expect(page.getByText(count ?? "", { exact: true })).toBeVisible();
  await expect(page.getByText("Industry contains")).toBeVisible();
});

test("many records are changed at once, and changed back", async ({ page, api, fresh, look }) => {
  const name = fresh("Bulk");
  for (const which of ["one", "two"]) await api.create("account", { name: `${name} ${which}` });
  await page.goto(`/records/account?q=${encodeURIComponent(name)}`);
  await page.getByLabel(`Choose ${name} one`).check();
  await page.getByLabel(`Choose ${name} two`).check();
  await page.getByRole("button", { name: "Change a field" }).click();
  await page.getByRole("combobox", { name: "Field" }).click();
  await page.getByRole("option", { name: "Territory" }).click();
  await page.getByLabel("Territory").fill("North");
  await look("bulk change");
  await page.getByRole("button", { name: "Change 2" }).click();
  await expect(page.getByText("2 records changed.")).toBeVisible();
  expect((await api.named("account", `${name} one`)).territory).toBe("North");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  expect((await api.named("account", `${name} two`)).territory).toBeNull();
});

test("what somebody else does appears in the list by itself", async ({ page, api, fresh }) => {
  const name = fresh("Newcomer");
  await page.goto(`/records/account?q=${encodeURIComponent(name)}`);
  await expect(page.getByText("No Accounts match")).toBeVisible();
  await expect(page.getByRole("img", { name: /^Live/ })).toBeVisible();
  await api.create("account", { name });
  await expect(page.getByRole("main").getByRole("link", { name })).toBeVisible();
});

/** Adds a condition to the filter being written: which field, and how it is compared. */
async function condition(page: Page, index: number, field: string, comparison: string): Promise<void> {
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "Condition", exact: true }).click();
  await drawer.getByLabel("Field").nth(index).fill(field);
  await page.getByRole("option", { name: field, exact: true }).first().click();
  await drawer.getByLabel("Comparison").nth(index).click();
  await page.getByRole("option", { name: comparison, exact: true }).click();
}

import { Api } from "../support/api";
import { expect, test, type Page } from "../support/test";

test("a new person with a role, a team and a password signs in and sees what the role allows", async ({ page, context, fresh, goTo, look }) => {
  const name = fresh("Nora Novak");
  const email = `${name.replaceAll(" ", ".").toLowerCase()}@demo.example`;
  await page.goto("/");
  await goTo("Users");
  await page.getByRole("link", { name: "New User" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Roles").fill("view");
  await page.getByRole("option", { name: "viewer" }).click();
  await page.getByLabel("Team").click();
  await page.getByRole("option").first().click();
  await look("new user", { whole: true });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByLabel("New password").fill("a long sentence is better");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("The password was set.")).toBeVisible();
  await look("user", { whole: true });

  await context.clearCookies();
  await page.goto("/");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("a long sentence is better");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Good to see you, Nora" })).toBeVisible();
  await expect(page.getByText("Administration")).toBeHidden();
  await page.goto("/records/account");
  await expect(page.getByRole("heading", { name: "Accounts" })).toBeVisible();
  await expect(page.getByRole("link", { name: "New Account" })).toBeHidden();
});

test("a team is made with the person who leads it", async ({ page, fresh, goTo, api }) => {
  const name = fresh("Night shift");
  await page.goto("/");
  await goTo("Teams");
  await page.getByRole("link", { name: "New Team" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  expect((await api.named("team", name)).version).toBe(1);
});

test("a role gets rights on an object and loses one of its fields", async ({ page, fresh, goTo, api, look }) => {
  const name = fresh("Apprentice");
  await page.goto("/");
  await goTo("Roles");
  await page.getByRole("link", { name: "New Role" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await grant(page, "Deals");
  await page.getByLabel("Deals: Create").check();
  await page.getByLabel("Deals: Read").selectOption("team");
  await page.getByRole("button", { name: "Fields of Deals" }).click();
  await page.getByRole("combobox", { name: "Amount", exact: true }).selectOption("none");
  await look("role form", { whole: true });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  expect((await api.named("role", name)).grants).toMatchObject({ deal: { create: true, read: "team", fields: { amount: "none" } } });
  await look("role", { whole: true });
});

test("a permission set adds rights to a person's own", async ({ page, fresh, goTo, api }) => {
  const name = fresh("May export");
  await page.goto("/");
  await goTo("Permission sets");
  await page.getByRole("link", { name: "New Permission set" }).first().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await grant(page, "Accounts");
  await page.getByLabel("Accounts: Export").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  expect((await api.named("permission_set", name)).grants).toMatchObject({ account: { export: true } });
});

test("a new field is at once in forms, lists and filters, without loading anything anew", async ({ page, fresh, goTo, api, isMobile, look }) => {
  const label = fresh("Loyalty");
  await page.goto("/");
  await stamp(page);
  await goTo("Objects and fields");
  await look("objects");
  await page.getByRole("main").getByRole("listitem").getByRole("link", { name: "Leads", exact: true }).click();
  await look("object", { whole: true });
  await page.getByRole("button", { name: "New field" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Label").fill(label);
  await dialog.getByLabel("Type").click();
  await page.getByRole("option", { name: "Choice", exact: true }).click();
  for (const [index, option] of ["Gold", "Silver"].entries()) {
    await dialog.getByRole("button", { name: "Add option" }).click();
    await dialog.getByLabel(`Option ${index + 1}`, { exact: true }).fill(option);
  }
  await look("field dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`${label} was saved.`)).toBeVisible();

  const last = fresh("Loyal");
  await goTo("Leads");
  await page.getByRole("link", { name: "New Lead" }).click();
  await page.getByLabel("Last name").fill(last);
  await page.getByLabel(label).click();
  await page.getByRole("option", { name: "Gold" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(last);
  await expect(page.getByRole("main")).toContainText(label);

  await goTo("Leads");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Condition", exact: true }).click();
  await page.getByRole("dialog").getByLabel("Field").fill(label);
  await page.getByRole("option", { name: label, exact: true }).click();
  await page.getByRole("dialog").getByLabel("Value").click();
  await page.getByRole("option", { name: "Gold" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("1 record", { exact: true })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: last })).toBeVisible();
  if (!isMobile) await expect(page.getByRole("columnheader", { name: label })).toBeVisible();
  await isStamped(page);

  const field = label.toLowerCase().replaceAll(" ", "_");
  expect(await api.query("lead", { filter: { field, op: "eq", value: "gold" } })).toHaveLength(1);
});

test("a new object is at once in the navigation, with forms and lists of its own", async ({ page, fresh, goTo, api, look }) => {
  const one = fresh("Vessel");
  const many = fresh("Vessels");
  await page.goto("/");
  await stamp(page);
  await goTo("Objects and fields");
  await page.getByRole("button", { name: "New object" }).click();
  await page.getByLabel("One is called").fill(one);
  await page.getByLabel("Many are called").fill(many);
  await look("object dialog");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: many })).toBeVisible();

  await page.getByRole("button", { name: "New field" }).click();
  await page.getByRole("dialog").getByLabel("Label").fill("Tonnage");
  await page.getByRole("dialog").getByLabel("Type").click();
  await page.getByRole("option", { name: "Number", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Tonnage was saved.")).toBeVisible();

  await goTo(many);
  await expect(page.getByText(`No ${many} yet`)).toBeVisible();
  await page.getByRole("link", { name: `New ${one}` }).first().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("MS Bergen");
  await page.getByLabel("Tonnage").fill("25000");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "MS Bergen" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("25,000");
  await goTo(many);
  await expect(page.getByRole("main").getByRole("link", { name: "MS Bergen" })).toBeVisible();
  await isStamped(page);
  expect(await api.query(one.toLowerCase().replaceAll(" ", "_"), { filter: { field: "tonnage", op: "gt", value: 20000 } })).toHaveLength(1);
});

test("a rule refuses records that break it, in the words of whoever wrote it", async ({ page, api, fresh }) => {
  const one = fresh("Berth");
  const object = one.toLowerCase().replaceAll(" ", "_");
  await api.define({ name: object, plural: `${object}s`, label: one, plural_label: `${one}s`, also_called: [], fields: [{ name: "length", label: "Length", type: "number" }] });
  await page.goto(`/admin/objects/${object}`);
  await page.getByRole("button", { name: "New rule" }).click();
  await page.getByLabel("Expression").fill("length > 0");
  await page.getByLabel("Message when broken").fill("A berth has a length.");
  await page.getByRole("button", { name: "Save rules" }).click();
  await expect(page.getByText("The rules were saved.")).toBeVisible();
  await page.goto(`/records/${object}/new`);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Quay 1");
  await page.getByLabel("Length").fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("A berth has a length.")).toBeVisible();
});

test("an API key is shown once, works, and is refused when it was revoked", async ({ page, request, fresh, goTo, look }) => {
  const name = fresh("Web shop");
  await page.goto("/");
  await goTo("API keys");
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await look("key dialog");
  await page.getByRole("button", { name: "Make key" }).click();
  const key = await page.getByRole("textbox", { name: "Key", exact: true }).inputValue();
  await look("key made");
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("read");
  await look("keys");

  const use = async () => (await request.get("/api/v1/records/account?limit=1", { headers: { Authorization: `Bearer ${key}`, Cookie: "" } })).status();
  expect(await use()).toBe(200);
  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toBeHidden();
  expect(await use()).toBe(401);
});

test("the audit shows who changed what, and takes it back", async ({ page, api, as, fresh, goTo, look }) => {
  const manager = await as("manager");
  const account = await api.create("account", { name: fresh("Audited"), territory: "West", owner_id: await manager.ownId() });
  await manager.update("account", account, { territory: "South" });
  await page.goto("/");
  await goTo("Audit");
  await page.getByLabel("Object", { exact: true }).click();
  await page.getByRole("option", { name: "Accounts" }).click();
  await page.getByLabel("Kind of change").click();
  await page.getByRole("option", { name: "changed", exact: true }).click();
  const entry = page.getByRole("listitem").filter({ hasText: account.name }).first();
  await expect(entry).toContainText(/Melvin Marxen changed.*Territory:.*West.*South/s);
  await look("audit");
  await entry.getByRole("button", { name: /^Revert/ }).click();
  await expect.poll(async () => (await api.read("account", account.id)).territory).toBe("West");
});

test("a person's language changes the console's", async ({ page, baseURL, context, api, fresh, look }) => {
  const name = fresh("Greta Grün");
  const email = `${fresh("greta").replace(" ", "")}@demo.example`;
  const [viewer] = await api.query("role", { filter: { field: "name", op: "eq", value: "seller" } });
  const user = await api.create("user", { name, email, role_ids: [viewer?.id] });
  await api.put(`/users/${user.id}/password`, { new: "a long sentence is better" });
  const own = await Api.signIn(baseURL ?? "", email, "a long sentence is better");
  await context.clearCookies();
  await context.addCookies((await own.state()).cookies);
  await page.goto("/settings");
  await page.getByLabel("Language").click();
  await page.getByRole("option", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Einstellungen" })).toBeVisible();
  await look("settings", { whole: true });
  await page.goto("/records/deal");
  await expect(page.getByRole("heading", { level: 1, name: "Verkaufschancen" })).toBeVisible();
  await look("list in German");
  await page.goto("/records/deal/new");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveAttribute("aria-invalid", "true");
  await look("form in German", { whole: true });
  await own.close();
});

/** Opens the row of rights on an object in the editor of rights. */
async function grant(page: Page, objects: string): Promise<void> {
  await page.getByLabel("Rights on another object").selectOption({ label: objects });
}

/** A mark on the loaded page, which is gone once the page is loaded anew. */
const stamp = (page: Page) => page.evaluate(() => { document.documentElement.dataset.stamp = "here"; });
const isStamped = (page: Page) => expect(page.locator("html"), "the page was not loaded anew").toHaveAttribute("data-stamp", "here");

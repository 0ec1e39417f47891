import { expect, test } from "../support/test";

test("a new record is refused at the field that is wrong, then saved", async ({ page, api, fresh, look }) => {
  const last = fresh("Mended");
  await page.goto("/records/contact");
  await page.getByRole("link", { name: "New Contact" }).click();
  await page.getByLabel("First name").fill("Jane");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Last name is needed.")).toBeVisible();
  await expect(page.getByLabel("Last name")).toBeFocused();

  await page.getByLabel("Last name").fill(last);
  await page.getByRole("textbox", { name: "E-mail", exact: true }).fill("not an address");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("textbox", { name: "E-mail", exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("textbox", { name: "E-mail", exact: true })).toBeFocused();
  await look("form refused", { whole: true });

  await page.getByRole("textbox", { name: "E-mail", exact: true }).fill("jane@mended.example");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Jane ${last}` })).toBeVisible();
  await expect(page.getByText(`Jane ${last} was created.`)).toBeVisible();
  expect((await api.named("contact", `Jane ${last}`)).email).toBe("jane@mended.example");
});

test("a record is changed by keyboard alone, and the change taken back", async ({ page, api, fresh, isMobile }) => {
  test.skip(isMobile, "a phone has no keyboard");
  const account = await api.create("account", { name: fresh("Keys"), territory: "South" });
  await page.goto(`/records/account/${account.id}`);
  await expect(page.getByRole("heading", { level: 1, name: account.name })).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeVisible();
  await page.getByLabel("Territory").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("East");
  await page.keyboard.press("Control+s");
  await expect(page.getByText(`${account.name} was saved.`)).toBeVisible();
  expect((await api.read("account", account.id)).territory).toBe("East");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  expect((await api.read("account", account.id)).territory).toBe("South");
});

test("money, a choice, a date and a reference are written in a form", async ({ page, api, fresh, look }) => {
  const account = await api.create("account", { name: fresh("Buyer") });
  const name = fresh("Big deal");
  await page.goto("/records/deal/new");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("combobox", { name: "Account", exact: true }).fill(account.name);
  await page.getByRole("option", { name: account.name }).click();
  await page.getByRole("textbox", { name: "Amount", exact: true }).fill("12500.50");
  await page.getByLabel("Currency of Amount").selectOption("EUR");
  await page.getByLabel("Close date").fill("2031-05-04");
  await look("form", { whole: true });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const deal = await api.named("deal", name);
  expect(deal).toMatchObject({ account_id: account.id, amount: { amount: "12500.50", currency: "EUR" }, close_date: "2031-05-04" });
  await expect(page.getByRole("main")).toContainText("€12,500.50");
  await expect(page.getByRole("main")).toContainText("May 4, 2031");
});

test("whoever saves over somebody else's change is shown it, and asked whose shall stand", async ({ page, api, as, fresh, look }) => {
  const manager = await as("manager");
  const account = await api.create("account", { name: fresh("Contested"), territory: "West", owner_id: await manager.ownId() });
  await page.goto(`/records/account/${account.id}/edit`);
  await page.getByLabel("Territory").fill("North");
  await manager.update("account", account, { territory: "South" });
  await expect(page.getByText("This record was changed by somebody else just now.")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();

  const dialog = page.getByRole("dialog", { name: "Changed meanwhile" });
  const row = dialog.getByRole("row").filter({ hasText: "Territory" });
  await expect(row.getByRole("cell")).toHaveText(["West", "South", "North"]);
  await expect(row).toContainText("Melvin Marxen");
  await look("stale");
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await expect(page.getByLabel("Territory")).toHaveValue("North");

  await page.getByRole("button", { name: "Save" }).click();
  await dialog.getByRole("button", { name: "Save mine over it" }).click();
  await expect(page.getByText(`${account.name} was saved.`)).toBeVisible();
  expect((await api.read("account", account.id)).territory).toBe("North");
});

test("whoever leaves a form with changes is asked", async ({ page, api, fresh, look }) => {
  const account = await api.create("account", { name: fresh("Left") });
  await page.goto(`/records/account/${account.id}/edit`);
  await page.getByLabel("Territory").fill("Nowhere");
  await page.getByRole("link", { name: "Cancel" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await expect(dialog).toBeVisible();
  await look("leave");
  await dialog.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: account.name })).toBeVisible();
  expect((await api.read("account", account.id)).territory).toBeNull();
});

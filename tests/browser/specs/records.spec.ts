import { expect, test } from "../support/test";

test("a record's page shows its fields, what belongs to it, and what happened to it", async ({ page, api, fresh, isMobile, look }) => {
  const name = fresh("Northwind");
  const account = await api.create("account", { name, industry: "retail", employees: 1200, annual_revenue: { amount: "2500000.00", currency: "USD" }, website: "https://northwind.example", billing_address: { street: "1 Quay", city: "Bergen", country: "Norway" }, description: "Ships things." });
  const contact = await api.create("contact", { first_name: "Jane", last_name: fresh("Doe"), account_id: account.id, email: "jane@northwind.example" });
  await api.create("task", { subject: "Send the offer", related_id: { object: "account", id: account.id } });
  await api.update("account", account, { industry: "shipping" });

  await page.goto(`/records/account/${account.id}`);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  const tab = async (part: string) => { if (isMobile) await page.getByRole("tab", { name: part }).click(); };

  await expect(page.getByRole("main")).toContainText("shipping");
  await expect(page.getByRole("main")).toContainText("1,200");
  await expect(page.getByRole("main")).toContainText("$2,500,000");
  await expect(page.getByRole("link", { name: "northwind.example", exact: true })).toHaveAttribute("href", "https://northwind.example");
  await look("account with everything", { whole: true });

  await tab("Related");
  const contacts = page.getByRole("region", { name: "Contacts (1)" });
  await expect(contacts.getByRole("link", { name: contact.name })).toBeVisible();
  await expect(page.getByRole("region", { name: "Tasks (1)" }).getByRole("link", { name: "Send the offer" })).toBeVisible();
  if (isMobile) await look("account related", { whole: true });

  await tab("Timeline");
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline.getByRole("listitem").filter({ hasText: "Industry:" }).first()).toContainText(/Robin Castellan changed.*retail.*shipping/s);
  await expect(timeline.getByRole("listitem").last()).toContainText("created");
  if (isMobile) await look("account timeline", { whole: true });

  await timeline.getByRole("button", { name: /^Revert/ }).first().click();
  await expect.poll(async () => (await api.read("account", account.id)).industry).toBe("retail");
});

test("a name as long as it may be breaks no page", async ({ page, api, fresh, look }) => {
  const name = `${fresh("Longest")} ${"Donaudampfschifffahrtsgesellschaft".repeat(3)} of the Upper and the Lower Danube, Department of Everything Else, Limited`;
  const account = await api.create("account", { name });
  await api.create("deal", { name, account_id: account.id, amount: { amount: "999999999.99", currency: "EUR" } });
  await page.goto(`/records/deal?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("main").getByRole("link", { name }).first()).toBeVisible();
  await look("long name in a list");
  await page.goto(`/records/deal/board?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("main").getByRole("link", { name })).toBeVisible();
  const card = await page.getByRole("listitem").filter({ hasText: name }).boundingBox();
  expect(card?.width, "its card is as wide as any other").toBeLessThan(330);
  await look("long name on a board");
  await page.goto(`/records/account/${account.id}`);
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await look("long name on its page", { whole: true });
  await page.goto(`/records/account/${account.id}/edit`);
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue(name);
  await look("long name in a form");
});

test("a related record is made from the page it will belong to", async ({ page, api, fresh, isMobile }) => {
  const account = await api.create("account", { name: fresh("Owner of a contact") });
  const last = fresh("Related");
  await page.goto(`/records/account/${account.id}`);
  if (isMobile) await page.getByRole("tab", { name: "Related" }).click();
  await page.getByRole("main").getByRole("link", { name: "Contact", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Account", exact: true })).toHaveValue(account.name);
  await page.getByLabel("Last name").fill(last);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(last);
  expect((await api.query("contact", { filter: { field: "last_name", op: "eq", value: last } }))[0]?.account_id).toBe(account.id);
});

test("a file is attached and opened again", async ({ page, api, fresh, isMobile }) => {
  const account = await api.create("account", { name: fresh("With a file") });
  await page.goto(`/records/account/${account.id}`);
  if (isMobile) await page.getByRole("tab", { name: "Related" }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "File" }).click();
  await (await choosing).setFiles({ name: "offer.txt", mimeType: "text/plain", buffer: Buffer.from("A fine offer.") });
  await expect(page.getByText("offer.txt was attached.")).toBeVisible();
  await page.getByRole("link", { name: "offer.txt" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "offer.txt" })).toBeVisible();
});

test("a deleted record comes back from the list of deleted ones", async ({ page, api, fresh, look }) => {
  const account = await api.create("account", { name: fresh("Gone") });
  await page.goto(`/records/account/${account.id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await look("delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "Accounts" })).toBeVisible();

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Deleted records" }).click();
  const row = page.getByRole("listitem").filter({ hasText: account.name });
  await expect(row).toBeVisible();
  await look("deleted records");
  await row.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByText(`${account.name} was restored.`)).toBeVisible();
  expect((await api.read("account", account.id)).deleted_at).toBeNull();
});

test("a lead is converted to account, contact and deal", async ({ page, api, fresh, isMobile, look }) => {
  const company = fresh("Converted");
  const lead = await api.create("lead", { first_name: "Lea", last_name: fresh("Prospect"), company, email: "lea@converted.example" });
  await page.goto(`/records/lead/${lead.id}`);
  if (isMobile) {
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Convert" }).click();
  } else {
    await page.getByRole("button", { name: "Convert" }).click();
  }
  await look("convert");
  await page.getByRole("dialog").getByRole("button", { name: "Convert" }).click();
  await expect.poll(async () => (await api.read("lead", lead.id)).is_converted).toBe(true);
  expect((await api.named("account", company)).id).toBe((await api.read("lead", lead.id)).converted_account_id);
});

test("a place that does not exist says so", async ({ page, look }) => {
  await page.goto("/records/account/00000000-0000-0000-0000-000000000000");
  await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
  await look("not found");
});

import { expect, test } from "../support/test";

test("Ctrl K finds any record as one types, in spite of a typing mistake", async ({ page, api, fresh, isMobile, look }) => {
  const word = `Quillon${fresh("").replace(/\W/g, "")}`;
  const account = await api.create("account", { name: `${word} Shipyards` });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  if (isMobile) await page.getByRole("button", { name: "Search or go to" }).click();
  else await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Search everything" });
  await expect(box).toBeFocused();
  const option = page.getByRole("option", { name: new RegExp(`^${account.name}`) });

  await expect(async () => {
    await box.fill(word.slice(0, -1));
    await expect(option).toBeVisible({ timeout: 1000 });
  }, "what was made just now is found soon").toPass();
  await box.fill("shipyrads");
  await expect(option.first()).toBeVisible();
  await look("search");

  await box.fill(account.name);
  await expect(option).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: account.name })).toBeVisible();
});

test("the same box goes to places and begins new records", async ({ page, isMobile }) => {
  test.skip(isMobile, "for those with a keyboard");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search everything" }).fill("new ticket");
  await expect(page.getByRole("option", { name: "New Ticket", exact: true })).toBeVisible();
  await page.getByRole("option", { name: "New Ticket", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "New Ticket" })).toBeVisible();
});

test("the search page narrows what was found to one object", async ({ page, look }) => {
  await page.goto("/search?q=GTX");
  const results = page.getByRole("main").getByRole("listitem");
  await expect(results).not.toHaveCount(0);
  await look("search page");
  await page.getByRole("button", { name: "Products" }).click();
  await expect(page).toHaveURL(/object=product/);
  await expect(results.first()).toContainText("Product");
  for (const result of await results.all()) await expect(result).toContainText("Product");
});

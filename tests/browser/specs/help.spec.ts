import { expect, test, type Page } from "../support/test";

test.use({ who: null });

const field = (page: Page) => page.getByRole("combobox", { name: "Search the help articles" });

test("a reader types, sees articles come, and opens one by keyboard", async ({ page, look }) => {
  await page.goto("/help");
  await expect(page.getByRole("heading", { level: 1, name: "How can we help?" })).toBeVisible();
  await look("help home", { whole: true });

  await field(page).pressSequentially("passw");
  const list = page.getByRole("listbox", { name: "Suggested articles" });
  await expect(list.getByRole("option").first()).toHaveText("Reset your password");
  await expect(page.getByRole("status")).toHaveText(/^\d+ results?$/);
  await page.keyboard.press("ArrowDown");
  const first = list.getByRole("option").first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(field(page)).toHaveAttribute("aria-activedescendant", await first.getAttribute("id") ?? "");
  await look("help suggestions");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(field(page)).toHaveValue("passw");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Reset your password" })).toBeVisible();
  await expect(page).toHaveURL(/\/help\/reset-your-password$/);
});

test("a question leads to the very place that answers it", async ({ page, look }) => {
  await page.goto("/help");
  await field(page).fill("How do I move a licence to another device?");
  await field(page).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Results for/ })).toBeVisible();
  await look("help results", { whole: true });
  await page.getByRole("link", { name: "Activate, move or return a licence › Move to another device" }).click();
  await expect(page).toHaveURL(/#move-to-another-device$/);
  await expect(page.getByRole("heading", { level: 2, name: "Move to another device" })).toBeInViewport();
});

test("an article has contents, a way back, and fits the smallest screen", async ({ page, look }) => {
  await page.goto("/help/activate-a-licence");
  await look("help article", { whole: true });
  await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "The key is refused" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "The key is refused" })).toBeInViewport();
  // 320 pixels are also what a reader of a usual screen has left who enlarges the page four times.
  await page.setViewportSize({ width: 320, height: 640 });
  await look("help article small", { whole: true });
  await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: "Licences" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Licences" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Renew a subscription" })).toBeVisible();
  await look("help topic");
});

test("the chat opens from every page", async ({ page }) => {
  await page.goto("/help/warranty");
  const opened = page.waitForEvent("framenavigated", (frame) => frame.url().includes("/chat/frame"));
  await page.getByRole("button", { name: "Chat with us" }).click();
  const chat = await opened;
  await expect(chat.getByRole("textbox")).toBeVisible();
});

test("a page that is not there helps to find another", async ({ page, look }) => {
  expect((await page.goto("/help/no-such-article"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "This page does not exist" })).toBeVisible();
  await look("help missing");
  await field(page).fill("warranty");
  await field(page).press("Enter");
  await expect(page.getByRole("link", { name: /^Warranty and repair/ }).first()).toBeVisible();
});

test("what is withdrawn is gone for who loads the page again", async ({ page, api, fresh }) => {
  const title = fresh("Mayflies");
  const article = await api.create("article", { title, slug: title.replace(/\W/g, "-"), body: "They live a day.", status: "published" });
  await page.goto(`/help/${article.id}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await api.update("article", article, { status: "draft" });
  expect((await page.reload())?.status()).toBe(404);
});

test.describe("in German", () => {
  test.use({ locale: "de-DE" });

  test("the pages speak the reader's language, and another when asked", async ({ page, look }) => {
    await page.goto("/help");
    await expect(page.getByRole("heading", { level: 1, name: "Wie können wir helfen?" })).toBeVisible();
    await look("help home German", { whole: true });
    await page.getByRole("link", { name: "Kennwort zurücksetzen" }).click();
    await expect(page.getByRole("navigation", { name: "Pfad zu dieser Seite" })).toBeVisible();
    await page.getByRole("navigation", { name: "Sprache" }).getByRole("link", { name: "Français" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await expect(page.getByRole("heading", { level: 1, name: "Kennwort zurücksetzen" })).toBeVisible();
    await page.getByRole("link", { name: "Meridian Systems" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Comment pouvons-nous vous aider ?" })).toBeVisible();
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("searching and reading work as well", async ({ page }) => {
    await page.goto("/help");
    await page.getByLabel("Search the help articles").fill("webhooks");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("link", { name: /^Receive webhooks/ }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Receive webhooks" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Chat with us" }), "promised only where it opens").toBeHidden();
  });
});

import { expect, test } from "../support/test";

test("the first page shows what is one's own and what happened", async ({ page, look }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Good to see you, Robin" })).toBeVisible();
  await expect(page.getByRole("region", { name: "What happened" }).getByRole("listitem")).not.toHaveCount(0);
  await look("home", { whole: true });
});

test("the navigation and the shortcuts are there when asked for", async ({ page, isMobile, look }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  if (isMobile) {
    await page.getByRole("button", { name: "Open navigation" }).click();
    await expect(page.getByRole("navigation")).toBeVisible();
    await look("navigation");
  } else {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await look("shortcuts");
  }
});

test("the page of the interface describes it and tries a request", async ({ page, look }) => {
  await page.goto("/api");
  const session = page.getByRole("heading", { name: /^Session/ });
  await expect(session).toBeVisible();
  await look("api");
  await session.getByRole("button", { name: "Expand operation" }).click();
  const operation = page.locator(".opblock", { hasText: "Who is signed in" });
  await operation.getByRole("button").first().click();
  await operation.getByRole("button", { name: "Execute" }).click();
  await expect(operation.locator(".live-responses-table").first()).toContainText("robin.castellan@demo.example");
  await look("api answer");
});

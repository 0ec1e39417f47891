import { start, type Program } from "../support/program";
import { expect, test as base } from "../support/test";

const test = base.extend<{ empty: Program }>({
  empty: async ({ engine }, use) => {
    const program = await start(engine);
    await use(program);
    await program.stop();
  },
  baseURL: async ({ empty }, use) => use(empty.url),
});
test.use({ who: null });

test("the first visit to an empty installation makes the company and its first user", async ({ page, look }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Set up Parley" })).toBeVisible();
  await look("set-up", { whole: true });

  await page.getByLabel("Company").fill("Acme Ltd.");
  await page.getByLabel("Your name").fill("Ada Byron");
  await page.getByLabel("Your e-mail").fill("ada@acme.example");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  await look("set-up refused", { whole: true });

  await page.getByLabel("Password").fill("a long sentence is better");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByRole("heading", { name: "Good to see you, Ada" })).toBeVisible();
  await look("home of an empty company", { whole: true });

  await page.goto("/records/account");
  await expect(page.getByText("No Accounts yet")).toBeVisible();
  await look("empty list");

  await page.goto("/set-up");
  await expect(page, "set-up is over").not.toHaveURL(/set-up/);
});

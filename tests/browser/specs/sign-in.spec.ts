import { password, people } from "../support/api";
import { expect, test } from "../support/test";

test.use({ who: null });

test("a wrong password is refused, and nothing tells whether the person exists", async ({ page, look }) => {
  await page.goto("/");
  const signIn = async (email: string) => {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    const alert = page.getByRole("alert");
    await expect(alert).toBeVisible();
    return alert.textContent();
  };
  await look("sign in");
  const wrong = await signIn(people.seller);
  await look("sign in refused");
  await page.reload();
  expect(await signIn("nobody@demo.example")).toBe(wrong);
});

test("after sign-in the page opens that was asked for, and after sign-out it is closed again", async ({ page, look }) => {
  await page.goto("/records/account?q=Dontechi");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByLabel("E-mail").fill(people.manager);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Accounts" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Dontechi" })).toBeVisible();

  await page.getByRole("button", { name: "Account of Melvin Marxen" }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  await look("account menu");
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/records/account");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("who signs in sees times by their own clock from the first page on, not by the browser's", async ({ page, api, fresh }) => {
  const meeting = await api.create("meeting", { subject: fresh("Clock"), starts_at: "2031-05-04T09:00:00Z" });
  await page.goto(`/records/meeting/${meeting.id}`);
  await page.getByLabel("E-mail").fill(people.manager);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Clock");
  // The company's clock shows UTC, the browser's that of Berlin.
  await expect(page.getByRole("main").getByText(/9:00\sAM/).first()).toBeVisible();
});

import { expect, test, type Page } from "../support/test";

const panel = (page: Page) => page.locator("[data-ask]");
const input = (page: Page) => panel(page).getByRole("textbox", { name: "Your question" });
/** What was said last, and its answer. */
const last = (page: Page) => panel(page).getByRole("group", { name: "Conversation" }).locator("ol > li").last();

async function openPanel(page: Page) {
  await page.getByRole("button", { name: "Ask Parley" }).click();
  await expect(input(page)).toBeVisible();
}

async function ask(page: Page, text: string) {
  await input(page).fill(text);
  await input(page).press("Enter");
  await expect(last(page)).toContainText(text);
  await expect(last(page).getByRole("img", { name: "Looking …" })).toHaveCount(0);
}

test.describe("the bot", () => {
  test.use({ who: "manager" });

  test("greets, suggests, and answers with records whose conditions can be taken away", async ({ page, look, isMobile }) => {
    await page.goto("/");
    await openPanel(page);
    const suggestions = panel(page).getByRole("list", { name: "Suggestions" }).getByRole("button");
    await expect(suggestions.nth(3)).toBeVisible();
    await look("ask greeting");
    await suggestions.first().click();
    await expect(last(page).getByRole("list", { name: "Conditions" })).toBeVisible();

    await panel(page).getByRole("button", { name: "New conversation" }).click();
    await ask(page, "accounts in the software industry");
    await expect(last(page)).toContainText("Accounts · Industry is software");
    const table = last(page).getByRole("table");
    await expect(table.getByRole("link")).toHaveCount(7);
    await ask(page, "only those with more than 1000 employees");
    await expect(last(page).getByRole("list", { name: "Conditions" }).getByRole("button")).toHaveCount(2);
    const narrow = await table.getByRole("link").count();
    expect(narrow).toBeLessThan(7);
    await look("ask records");
    await last(page).getByRole("button", { name: "Ask again without “Industry is software”" }).click();
    await expect(last(page)).toContainText("Without “Industry is software”");
    await expect(last(page).getByRole("list", { name: "Conditions" }).getByRole("button")).toHaveCount(1);
    await expect(table.getByRole("link").first()).toBeVisible();
    expect(await table.getByRole("link").count()).toBeGreaterThan(narrow);

    const name = await table.getByRole("link").first().innerText();
    await table.getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    if (isMobile) await page.getByRole("button", { name: "Ask Parley" }).click();
    await expect(last(page), "the chat goes on beside another page").toContainText("Without “Industry is software”");
  });

  test("opens what it found as a list with the same conditions", async ({ page }) => {
    await page.goto("/");
    await openPanel(page);
    await ask(page, "accounts in the software industry");
    await last(page).getByRole("link", { name: "Open as list" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Accounts" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Industry is software");
  });

  test("reminds by itself, tells so at its button, and stops what it was asked to do", async ({ page, look, isMobile }) => {
    test.skip(isMobile, "the same person on another device would be told the same");
    await page.goto("/");
    await openPanel(page);
    await ask(page, "send me the deals by stage every Monday at 8");
    await expect(last(page)).toContainText("every Monday at 08:00");
    await last(page).getByRole("button", { name: "Confirm" }).click();
    await expect(last(page).getByRole("button", { name: /^Stop: / })).toBeVisible();
    await ask(page, "remind me in 5 seconds to water the plants");
    await last(page).getByRole("button", { name: "Confirm" }).click();
    await expect(last(page)).toContainText("Agreed");
    await panel(page).getByRole("button", { name: "Close" }).click();
    const told = page.getByRole("button", { name: "Ask Parley: 1 new message" });
    await expect(told).toBeVisible({ timeout: 15_000 });
    await told.click();
    await expect(last(page)).toContainText("Reminder: water the plants");
    await expect(told, "what was looked at is read").toHaveCount(0);
    await look("ask reminder");

    await page.goto("/settings");
    const card = page.getByRole("region", { name: "What Parley does by itself" });
    await card.getByLabel("From").fill("21:00");
    await card.getByLabel("Until").press("Tab");
    await look("settings by itself");
    await card.getByRole("button", { name: /^Stop: / }).first().click();
    await expect(card).toContainText("Nothing.");
    await page.reload();
    await expect(card.getByLabel("From")).toHaveValue("21:00");
  });

  test("tells figures big, and groups as bars or a table", async ({ page, look }) => {
    await page.goto("/");
    await openPanel(page);
    await ask(page, "average amount of won deals");
    await expect(last(page)).toContainText("$2,360.91");
    await ask(page, "deals by stage");
    await expect(last(page).getByRole("img", { name: /^Bar chart: Deals/ })).toBeVisible();
    await look("ask chart");
    await last(page).getByRole("button", { name: "Table" }).click();
    await expect(last(page).getByRole("img")).toHaveCount(0);
    await expect(last(page).getByRole("row", { name: /^Won / })).toBeVisible();
  });

  test("draws times as a line, and takes another shape when asked", async ({ page, look }) => {
    await page.goto("/");
    await openPanel(page);
    await ask(page, "won revenue by month");
    await expect(last(page).getByRole("img", { name: /^Line chart: Deals/ }).locator("svg").first()).toBeVisible();
    await expect(last(page).getByRole("row", { name: /^[A-Z][a-z]+ 20\d\d .*\$/ }).nth(1), "who listens has the table").toBeAttached();
    await look("ask line");
    await ask(page, "deals by stage");
    await ask(page, "make it a pie chart");
    await expect(last(page).getByRole("img", { name: /^Pie chart: Deals/ }).locator("svg").first()).toBeVisible();
    await look("ask pie");
    const address = await last(page).getByRole("link", { name: "Download as a picture" }).getAttribute("href");
    const picture = await page.request.get(address ?? "");
    expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/png"]);
    await ask(page, "average amount by stage as a pie");
    await expect(last(page)).toContainText("Bars instead of a pie");
    await ask(page, "deals by stage as a table");
    await expect(last(page).getByRole("img")).toHaveCount(0);
    await expect(last(page).getByRole("row", { name: /^Won / })).toBeVisible();
  });

  test("changes nothing before it is agreed to, and takes it back", async ({ page, api, fresh, look }) => {
    const account = await api.create("account", { name: fresh("Askwell Mills"), industry: "retail" });
    const industry = async () => (await api.read("account", account.id)).industry;
    await page.goto("/");
    await openPanel(page);
    await ask(page, `set the industry of ${account.name} to software`);
    const card = last(page).getByRole("group", { name: "Change Account" });
    await expect(card).toContainText("retail");
    await expect(card.getByRole("link", { name: account.name })).toBeVisible();
    await look("ask proposal");
    expect(await industry()).toBe("retail");
    await card.getByRole("button", { name: "Confirm" }).dblclick();
    await expect(last(page)).toContainText("Done");
    expect(await industry()).toBe("software");
    await expect(card.getByRole("button", { name: "Confirm" }), "what is settled cannot be confirmed again").toHaveCount(0);
    await expect(panel(page).getByRole("button", { name: "Confirm" })).toBeDisabled();
    await look("ask done");
    await last(page).getByRole("button", { name: "Undo" }).click();
    await expect(last(page)).toContainText("Undone");
    expect(await industry()).toBe("retail");
    await expect(panel(page).getByRole("button", { name: "Undo" })).toBeDisabled();
    await expect(panel(page).locator("ol > li"), "a double click acts once").toHaveCount(3);
  });

  test("leaves everything as it was when one declines", async ({ page, api, fresh }) => {
    const account = await api.create("account", { name: fresh("Askmore Mills") });
    await page.goto("/");
    await openPanel(page);
    await ask(page, `delete ${account.name}`);
    await last(page).getByRole("group", { name: "Delete Account" }).getByRole("button", { name: "Cancel" }).click();
    await expect(panel(page).getByRole("button", { name: "Confirm" })).toBeDisabled();
    await expect(last(page)).not.toContainText("Done");
    expect((await api.read("account", account.id)).name).toBe(account.name);
  });

  test("asks which of two is meant that have the same name", async ({ page, api, fresh, look }) => {
    const surname = `Doubleday${fresh("").replace(/\W/g, "")}`;
    for (const place of ["north", "south"]) await api.create("contact", { first_name: "Jo", last_name: surname, email: `${place}.${surname}@example.com` });
    await page.goto("/");
    await openPanel(page);
    await ask(page, `contact Jo ${surname}`);
    const choices = last(page).getByRole("list", { name: "Which one?" }).getByRole("button");
    await expect(choices).toHaveCount(2);
    await expect(choices.filter({ hasText: `south.${surname}` })).toBeVisible();
    await look("ask choices");
    await choices.filter({ hasText: `south.${surname}` }).click();
    await expect(last(page).getByRole("table")).toContainText(`south.${surname}`);
    await expect(last(page).getByRole("table").getByRole("link")).toHaveCount(1);
  });

  test("goes on after a reload, and keeps what was asked before", async ({ page, fresh, isMobile, look }) => {
    const words = fresh("zorgleflux");
    await page.goto("/");
    await openPanel(page);
    await ask(page, words);
    await expect(last(page).getByRole("list", { name: "Suggestions" })).toBeVisible();
    await ask(page, "how many accounts are there");
    await input(page).fill("half a quest");
    await page.reload();
    if (isMobile) await page.getByRole("button", { name: "Ask Parley" }).click();
    await expect(last(page)).toContainText("how many accounts are there");
    await expect(panel(page).locator("ol > li").filter({ hasText: words }).first()).toBeVisible();
    await expect(input(page)).toHaveValue("half a quest");

    await panel(page).getByRole("button", { name: "New conversation" }).click();
    await expect(panel(page).getByRole("list", { name: "Suggestions" })).toBeVisible();
    await input(page).fill("");
    await ask(page, `once more ${words}`);
    await panel(page).getByRole("button", { name: "Earlier conversations" }).click();
    const earlier = panel(page).getByRole("list", { name: "Earlier conversations" }).getByRole("button");
    await expect(earlier.first()).toContainText(`once more ${words}`);
    await look("ask history");
    await earlier.filter({ hasText: words }).filter({ hasNotText: "once more" }).click();
    await expect(last(page)).toContainText("how many accounts are there");
  });

  test("loses nothing when the line breaks, and tries again", async ({ page, look }) => {
    await page.goto("/");
    await openPanel(page);
    await page.route("**/api/v1/ask", (route) => route.fulfill({ status: 429, json: { title: "Too many requests", status: 429 } }));
    await ask(page, "how many accounts are there");
    await expect(last(page)).toContainText("That was a little fast.");
    await look("ask failed");
    await page.unroute("**/api/v1/ask");
    await last(page).getByRole("button", { name: "Try again" }).click();
    await expect(last(page)).toContainText("Accounts · number");
    await expect(last(page)).toContainText("how many accounts are there");
  });

  test("can be talked to with the keys alone", async ({ page, isMobile }) => {
    test.skip(isMobile, "for those with a keyboard");
    await page.goto("/");
    await expect(page.getByRole("button", { name: "Ask Parley" })).toBeVisible();
    await page.keyboard.press("Control+j");
    await expect(input(page)).toBeFocused();
    await page.keyboard.type("create a task: buy");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("chairs");
    await expect(input(page)).toHaveValue("create a task: buy\nchairs");
    await page.keyboard.press("Enter");
    await expect(last(page).getByRole("group", { name: "New Task" })).toContainText(/buy\s+chairs/);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await expect(last(page).getByRole("button", { name: "Confirm" }).or(last(page).getByRole("button", { name: "Cancel" })).and(page.locator(":focus"))).toBeVisible();
    await last(page).getByRole("button", { name: "Cancel" }).focus();
    await page.keyboard.press("Enter");
    await expect(panel(page).getByRole("button", { name: "Confirm" })).toBeDisabled();
    await expect(input(page), "the keys go on where one types").toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(input(page)).toHaveValue(/chairs/);
    await page.keyboard.press("Escape");
    await expect(panel(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Ask Parley" })).toBeFocused();
  });

  test("is not thrown off by long names and other directions of writing", async ({ page, api, fresh, look }) => {
    const name = `${fresh("שלום")} ${"Donaudampfschifffahrtsgesellschaft".repeat(4)}`;
    await api.create("account", { name, industry: "telecommunications" });
    await page.goto("/");
    await openPanel(page);
    await ask(page, `set the industry of ${name} to software`);
    await look("ask long names");
  });
});

test.describe("what one may not do oneself", () => {
  test.use({ who: "seller" });

  test("a colleague is asked for, who approves it with a button, and both see what came of it", async ({ page, browser, as, fresh, look, isMobile }) => {
    test.skip(isMobile, "the same people on another device would be told the same");
    const boss = await as("admin");
    for (const person of [boss, await as("seller")]) await person.put("/me/quiet-hours", { begins: null, ends: null });
    const account = await boss.create("account", { name: fresh("Askfor Mills"), industry: "retail" });
    await page.goto("/");
    await openPanel(page);
    await ask(page, `set the industry of ${account.name} to services`);
    await last(page).getByRole("button", { name: "Confirm" }).click();
    await last(page).getByRole("button", { name: "Ask somebody who may" }).click();
    await look("ask whom");
    await last(page).getByRole("list", { name: "Which one?" }).getByRole("button", { name: "Robin Castellan" }).click();
    await expect(last(page)).toContainText("I have asked Robin Castellan");
    await expect(last(page).getByRole("button", { name: /^Withdraw: / })).toBeVisible();
    await look("ask approval");
    await panel(page).getByRole("button", { name: "Close" }).click();

    const context = await browser.newContext({ storageState: await boss.state() });
    const other = await context.newPage();
    await other.goto("/");
    await other.getByRole("button", { name: /^Ask Parley: \d+ new message/ }).click({ timeout: 15_000 });
    await panel(other).getByRole("list", { name: "New messages" }).getByRole("button", { name: account.name }).click();
    const card = last(other).getByRole("group", { name: "Change Account" });
    await expect(last(other)).toContainText("asks you to approve this");
    await expect(card).toContainText("retail");
    await expect(card.getByRole("button", { name: "Decline" })).toBeVisible();
    expect((await boss.read("account", account.id)).industry).toBe("retail");
    await card.getByRole("button", { name: "Approve" }).dblclick();
    await expect(last(other)).toContainText("Done");
    await expect(last(other).getByRole("button", { name: "Undo" })).toBeVisible();
    expect((await boss.read("account", account.id)).industry).toBe("services");
    await context.close();

    const told = page.getByRole("button", { name: /^Ask Parley: \d+ new message/ });
    await told.click({ timeout: 15_000 });
    await expect(last(page)).toContainText("Robin Castellan has approved, and it is done");
    await expect(panel(page).getByRole("button", { name: /^Withdraw: / }), "what is done is taken back no more").toHaveCount(0);
    await page.goto("/settings");
    const list = page.getByRole("region", { name: "What Parley does by itself" }).getByRole("list", { name: "Approvals" });
    await expect(list.getByRole("listitem").first()).toContainText("asked Robin Castellan · approved");
    await look("settings approvals");
  });
});

test.describe("the command palette", () => {
  test("understands a question as it is typed, and hands it to the bot", async ({ page, isMobile, look }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    if (isMobile) await page.getByRole("button", { name: "Search or go to" }).click();
    else await page.keyboard.press("Control+k");
    const box = page.getByRole("combobox", { name: "Search everything" });
    await box.pressSequentially("open deals");
    await expect(page.getByRole("option").first()).toHaveText("Ask: Deals · open");
    await look("ask palette");
    await box.press("Enter");
    await expect(last(page)).toContainText("open deals");
    await expect(last(page).getByRole("table")).toBeVisible();
  });

  test("waits with Enter until it has understood, and jumps to a record that is named", async ({ page, api, fresh, isMobile }) => {
    test.skip(isMobile, "for those with a keyboard");
    const account = await api.create("account", { name: `Palewort${fresh("").replace(/\W/g, "")}` });
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press("Control+k");
    const box = page.getByRole("combobox", { name: "Search everything" });
    await box.fill("deals by stage");
    await box.press("Enter");
    await expect(last(page).getByRole("img", { name: /^Bar chart/ })).toBeVisible();

    await page.keyboard.press("Control+k");
    await expect(async () => {
      await box.fill("");
      await box.fill(account.name);
      await expect(page.getByRole("option").first()).toContainText(account.name, { timeout: 1000 });
      await expect(page.getByRole("option").first()).not.toContainText("Ask:");
    }, "what was made just now is found soon").toPass();
    await box.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: account.name })).toBeVisible();
  });
});

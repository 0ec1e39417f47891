import type { Browser, Locator } from "@playwright/test";
import { demoUrl } from "../support/start";
import { expect, test as base, type Page } from "../support/test";
import { Visitor } from "../support/visitor";

/** A customer who waits for a person, called by a name that nobody else has. */
const test = base.extend<{ visitor: Visitor; name: string }>({
  name: async ({ fresh }, use) => use(fresh("Anna")),
  visitor: async ({ engine }, use) => {
    const visitor = await Visitor.come(demoUrl(engine));
    await use(visitor);
    await visitor.leave();
  },
});
test.use({ who: "agent" });

const waiting = (page: Page, name: string) => page.getByRole("tabpanel").getByRole("link", { name });
const said = (page: Page) => page.getByRole("log");
const answerBox = (page: Page, name: string) => page.getByRole("textbox", { name: `Answer to ${name}` });
const state = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true }).getByRole("status").first();

/** An answer that something went wrong. */
const busy = { status: 409, contentType: "application/problem+json", body: JSON.stringify({ title: "Conflict", status: 409, detail: "The line is busy." }) };

/** Opens the customer's conversation from the list of those who wait. */
async function open(page: Page, name: string): Promise<void> {
  await page.goto("/inbox");
  await waiting(page, name).click();
  await expect(said(page).getByText("I want to talk to a human")).toBeVisible();
}

/** The same, and takes it. */
async function take(page: Page, name: string): Promise<void> {
  await open(page, name);
  await page.getByRole("button", { name: "Take" }).click();
  await expect(state(page, name)).toHaveText("Yours");
}

async function another(browser: Browser, storageState: Awaited<ReturnType<import("../support/api").Api["state"]>>, baseURL?: string): Promise<Page> {
  const context = await browser.newContext({ storageState, baseURL });
  return context.newPage();
}

test("who asks for a person appears by itself, with what was asked and what the bot tried", async ({ page, visitor, name, isMobile, look }) => {
  await page.goto("/inbox");
  await visitor.askForPerson(name);
  await expect(waiting(page, name)).toBeVisible();
  await expect(page).toHaveTitle(/^\(\d+\) Inbox · Parley$/);
  await look("inbox");
  await waiting(page, name).click();
  await expect(said(page).getByText("How do I reset my password?")).toBeVisible();
  await expect(said(page).getByRole("link", { name: /^From Reset your password/ })).toBeVisible();
  await look("inbox conversation");
  if (isMobile) await page.getByRole("button", { name: "Details" }).click();
  const why = page.getByRole("region", { name: "Why a person is needed" });
  await expect(why).toContainText("Asked for a person");
  await expect(why).toContainText(/Reset your password.*\d+% sure/);
  await expect(page.getByRole("region", { name: "Customer" })).toContainText(`Says they are ${name}not proven`);
  await look("inbox details");
});

test("of two who take it at once one has it and the other is told who", async ({ page, browser, as, baseURL, visitor, name }) => {
  await visitor.askForPerson(name);
  const other = await another(browser, await (await as("manager")).state(), baseURL);
  await Promise.all([open(page, name), open(other, name)]);
  await Promise.all([page, other].map((each) => each.getByRole("button", { name: "Take" }).click()));
  const mine = { page, told: "Melvin Marxen" }, theirs = { page: other, told: "Priya Raman" };
  await expect(page.getByRole("region", { name, exact: true }).getByRole("button", { name: "Take" })).toBeHidden();
  const wins = await state(page, name).textContent() === "Yours";
  const [winner, loser] = wins ? [mine, theirs] : [theirs, mine];
  await expect(state(winner.page, name)).toHaveText("Yours");
  await expect(loser.page.getByText(`${loser.told} has taken this conversation already.`)).toBeVisible();
  await expect(loser.page.getByText(`${loser.told} has this conversation. You can leave a note.`)).toBeVisible();
  await other.context().close();
});

test("an answer reaches the visitor at once and with a name, a note never", async ({ page, visitor, name, look }) => {
  await visitor.askForPerson(name);
  await take(page, name);
  await answerBox(page, name).fill("It is at the back of the gateway.");
  await answerBox(page, name).press("Enter");
  await expect(said(page).getByText("It is at the back of the gateway.")).toBeVisible();
  await page.getByRole("button", { name: "Internal note" }).click();
  await page.getByRole("textbox", { name: "Note for colleagues" }).fill("Has asked twice this week.");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(said(page).getByText("Internal note: the customer does not see it")).toBeVisible();
  await look("inbox note");
  await expect(async () => {
    const last = (await visitor.messages()).at(-1);
    expect(last).toMatchObject({ text: "It is at the back of the gateway.", author: { kind: "agent", name: "Priya Raman" } });
  }).toPass();
  expect((await visitor.messages()).map((message) => message.text).join()).not.toContain("twice this week");
});

test("each side sees that the other is typing and has read", async ({ page, visitor, name }) => {
  await visitor.askForPerson(name);
  await take(page, name);
  const after = (await visitor.messages()).at(-1)?.sequence;
  const listening = visitor.exchange([{ type: "typing", on: true }], { wait: 20, after });
  await expect(page.getByText(`${name} is typing`)).toBeVisible();
  await answerBox(page, name).pressSequentially("Hm");
  expect(await listening).toContainEqual(expect.objectContaining({ type: "typing", on: true }));
  await answerBox(page, name).press("Enter");
  await expect(said(page).getByText("Hm", { exact: true })).toBeVisible();
  const answer = (await visitor.messages()).at(-1)?.sequence ?? 0;
  await visitor.read(answer);
  await expect(said(page).getByText("read", { exact: true })).toBeVisible();
  await page.reload();
  await expect(said(page).getByText("read", { exact: true })).toBeVisible();
});

test("the list can be left to one's own teams, and says so after a reload", async ({ page, as, visitor, name, fresh }) => {
  await visitor.askForPerson(name);
  const api = await as("admin");
  const team = await api.create("team", { name: fresh("Others") });
  await page.goto("/inbox");
  await expect(waiting(page, name)).toBeVisible();
  const [conversation] = await api.query("conversation", { filter: { field: "name", op: "eq", value: name } });
  if (!conversation) throw new Error("the conversation has gone");
  await api.update("conversation", conversation, { team_id: team.id });
  const own = page.getByRole("button", { name: "My teams" });
  await own.click();
  await expect(waiting(page, name)).toBeHidden();
  await page.reload();
  await expect(own).toHaveAttribute("aria-pressed", "true");
  await own.click();
  await expect(waiting(page, name)).toBeVisible();
});

for (const [email, told] of [
  ["anna@customer.example", "The customer has left; the answer goes by e-mail to anna@customer.example."],
  [null, "The customer has left and gave no address. They see the answer when they come back."],
] as const) {
  test(`when the customer has left, it says where the answer goes: ${email ?? "nowhere yet"}`, async ({ page, visitor, name }) => {
    await visitor.askForPerson(name, email);
    await take(page, name);
    await expect(async () => {
      await visitor.messages(); // Comes and leaves.
      await expect(page.getByText(told)).toBeVisible({ timeout: 1000 });
    }).toPass();
  });
}

test("an answer that was stored, though nobody was told so, stands there once and is not called unsent", async ({ page, visitor, name }) => {
  await visitor.askForPerson(name);
  await take(page, name);
  const replies = "**/actions/reply";
  await page.route(replies, async (route) => {
    await route.fetch();
    await route.fulfill(busy);
  });
  await answerBox(page, name).fill("Once.");
  await answerBox(page, name).press("Enter");
  await expect(said(page).getByText("being sent")).toBeHidden();
  await expect(said(page).getByText("Once.")).toHaveCount(1);
  await expect(page.getByText("Not sent.")).toHaveCount(0);
  await page.unroute(replies);
  expect((await visitor.messages()).filter((message) => message.text === "Once.")).toHaveLength(1);
});

test("what could not be sent says so, and can be tried again", async ({ page, visitor, name, look }) => {
  await visitor.askForPerson(name);
  await take(page, name);
  const replies = "**/actions/reply";
  await page.route(replies, (route) => route.fulfill(busy));
  await answerBox(page, name).fill("Is anybody there?");
  await answerBox(page, name).press("Enter");
  await expect(page.getByText("Not sent. The line is busy.")).toBeVisible();
  await look("inbox not sent");
  await page.unroute(replies);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Not sent.")).toBeHidden();
  await expect.poll(async () => (await visitor.messages()).at(-1)?.text).toBe("Is anybody there?");
});

test("what was begun is still there after another conversation, an answer and a note apart", async ({ page, visitor, name }) => {
  await visitor.askForPerson(name);
  await take(page, name);
  await answerBox(page, name).fill("Half an answer");
  await page.getByRole("button", { name: "Internal note" }).click();
  await expect(page.getByRole("textbox", { name: "Note for colleagues" })).toHaveValue("");
  await page.reload();
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await expect(answerBox(page, name)).toHaveValue("Half an answer");
});

test("a picture goes with an answer and is shown", async ({ page, visitor, name }) => {
  await visitor.askForPerson(name);
  await take(page, name);
  const buffer = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await page.locator("input[type=file]").setInputFiles([{ name: "gateway.png", mimeType: "image/png", buffer }]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(said(page).getByRole("img", { name: "gateway.png" })).toBeVisible();
  await expect.poll(async () => (await visitor.messages()).at(-1)).toMatchObject({ attachments: [{ name: "gateway.png", media_type: "image/png" }] });
});

test("a conversation is passed to a colleague with a word, and stands with them", async ({ page, browser, as, baseURL, visitor, name, look }) => {
  await visitor.askForPerson(name);
  await take(page, name);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Transfer" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Transfer" }).click();
  await expect(dialog.getByText("Choose a colleague or a team.")).toBeVisible();
  await dialog.getByLabel("Colleague").fill("Melvin");
  await page.getByRole("option", { name: "Melvin Marxen" }).click();
  await dialog.getByLabel("Note for them").fill("You know the gateway.");
  await look("inbox transfer");
  await dialog.getByRole("button", { name: "Transfer" }).click();
  await expect(page.getByText("The conversation is passed on.")).toBeVisible();
  const other = await another(browser, await (await as("manager")).state(), baseURL);
  await other.goto("/inbox?tab=mine");
  await waiting(other, name).click();
  await expect(said(other).getByText("You know the gateway.")).toBeVisible();
  await other.context().close();
});

test("it is given back to the bot, which then answers", async ({ page, visitor, name }) => {
  await visitor.askForPerson(name);
  await take(page, name);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Give back to the bot" }).click();
  await expect(state(page, name)).toHaveText("The bot answers");
  expect(await visitor.state()).toBe("bot");
  await visitor.say("How do I reset my password?");
  await expect.poll(async () => (await visitor.messages()).at(-1)?.author.kind).toBe("bot");
});

test("the keyboard is enough: find, take, answer, note, solve", async ({ page, visitor, name, isMobile }) => {
  test.skip(isMobile, "a phone has no keyboard");
  await visitor.askForPerson(name);
  await page.goto("/inbox");
  await expect(waiting(page, name)).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(state(page, name)).toHaveText("Waiting", { timeout: 300 });
  }).toPass();
  await page.keyboard.press("t");
  await expect(answerBox(page, name)).toBeFocused();
  await page.keyboard.type("Done.");
  await page.keyboard.press("Enter");
  await expect(said(page).getByText("Done.", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await expect(page.getByRole("textbox", { name: "Note for colleagues" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await expect(state(page, name)).toHaveText("Solved");
  expect(await visitor.state()).toBe("resolved");
});

test("a sound calls for whoever waits, unless it is turned off", async ({ page, engine, visitor, name, fresh }) => {
  await page.addInitScript(countTones);
  await page.goto("/inbox");
  await page.getByRole("heading", { name: "Inbox" }).click(); // Before a gesture browsers play nothing.
  await visitor.askForPerson(name);
  await expect.poll(() => page.evaluate(() => window.tones ?? 0)).toBeGreaterThan(0);

  await page.getByRole("button", { name: "Sound is on" }).click();
  await expect(page.getByRole("button", { name: "Sound is off" })).toBeVisible();
  const before = await page.evaluate(() => window.tones);
  const another = await Visitor.come(demoUrl(engine));
  const second = fresh("Berta");
  await another.askForPerson(second);
  await expect(waiting(page, second)).toBeVisible();
  await waiting(page, second).click();
  await expect(said(page).getByText("I want to talk to a human")).toBeVisible();
  expect(await page.evaluate(() => window.tones)).toBe(before);
  await another.leave();
});

declare global {
  interface Window { tones?: number }
}
function countTones() {
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    window.tones = (window.tones ?? 0) + 1;
    return make.call(this);
  };
}

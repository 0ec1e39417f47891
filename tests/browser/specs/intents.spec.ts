import { demoUrl } from "../support/start";
import { expect, test, type Page } from "../support/test";
import { Visitor } from "../support/visitor";

const region = (page: Page, name: string) => page.getByRole("region", { name });
const sentences = (page: Page) => page.getByRole("textbox", { name: "Add sentences" });

async function makeIntent(page: Page, name: string, answer: string) {
  await page.getByRole("button", { name: "New intent" }).click();
  const dialog = page.getByRole("dialog", { name: "New intent" });
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await dialog.getByRole("textbox", { name: "Text in English" }).fill(answer);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
}

async function addSentences(page: Page, lines: string[], forTest = false) {
  await sentences(page).fill(lines.join("\n"));
  if (forTest) {
    await page.getByRole("combobox", { name: "What for" }).click();
    await page.getByRole("option", { name: "To test with" }).click();
  }
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("listitem").filter({ hasText: lines[0] ?? "" })).toBeVisible();
}

async function train(page: Page) {
  const training = region(page, "Training");
  const before = await training.getByText(/^Version \d+, learnt from/).textContent().catch(() => null);
  // Another test may be training the same company.
  await expect(async () => {
    await training.getByRole("button", { name: "Train" }).click();
    await expect(training.getByText(/^Version \d+, learnt from/)).not.toHaveText(before ?? "", { timeout: 10_000 });
  }).toPass({ timeout: 60_000 });
}

test("an administrator teaches the bot an intent, tries it, and a customer is answered by it", async ({ page, fresh, goTo, engine, look }) => {
  test.slow();
  const word = fresh("Zorblax").replace(" ", "");
  await page.goto("/");
  await goTo("Intents");
  await expect(page.getByRole("heading", { level: 1, name: "Intents" })).toBeVisible();
  await makeIntent(page, `Visit the ${word}`, `The ${word} museum is open on Sundays.`);
  await addSentences(page, [`When is the ${word} museum open?`, `I want to visit the ${word}`, `Can one see the ${word}?`, `Opening hours of the ${word} museum`, `May my class visit the ${word} exhibition?`]);
  await addSentences(page, [`Is the ${word} open to visitors?`], true);
  await look("intents", { whole: true });
  await train(page);
  // What is learnt beside the company's other intents may fail one of their tests.
  const anyway = region(page, "Training").getByRole("button", { name: "Use it all the same" });
  if (await anyway.isVisible()) await anyway.click();
  await expect(anyway).toBeHidden();
  await expect(region(page, "Training").getByRole("row", { name: new RegExp(`Visit the ${word}`) })).toBeVisible();
  await look("intents trained", { whole: true });

  const tried = region(page, "Try a sentence");
  await tried.getByRole("textbox").fill(`could we come and visit the ${word} museum`);
  await tried.getByRole("button", { name: "Try" }).click();
  await expect(tried.getByText(new RegExp(`Visit the ${word}, \\d+ % sure`))).toBeVisible();
  await expect(tried.getByText(new RegExp(`^${word.toLowerCase()} \\+`)).first()).toBeVisible();
  await look("intents tried", { whole: true });

  const customer = await Visitor.come(demoUrl(engine));
  await customer.say(`May I visit the ${word} museum with my class?`);
  await expect.poll(async () => (await customer.messages()).map((message) => message.text).join("\n")).toContain(`The ${word} museum is open on Sundays.`);
  await customer.leave();
});

test("a question that nothing answered becomes an example", async ({ page, api, fresh }) => {
  const question = fresh("Do you sell umbrellas?");
  await page.goto(`/intents?question=${encodeURIComponent(question)}`);
  const card = region(page, "A question that nothing answered");
  await expect(card.getByRole("textbox", { name: "What a customer might say" })).toHaveValue(question);
  await card.getByRole("combobox", { name: "It means" }).click();
  await page.getByRole("option", { name: "Use what was bought" }).click();
  await card.getByRole("button", { name: "Add as an example" }).click();
  await expect(card).toBeHidden();
  await expect(page.getByRole("listitem").filter({ hasText: question })).toBeVisible();
  expect((await api.named("intent_example", question)).is_test).toBe(false);
});

test.describe("as an agent", () => {
  test.use({ who: "agent" });
  test("the intents are read, not changed", async ({ page, look }) => {
    await page.goto("/intents");
    await expect(page.getByText("Book a demo").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "New intent" })).toBeHidden();
    await expect(page.getByRole("button", { name: "Train" })).toBeHidden();
    await look("intents of an agent", { whole: true });
  });
});

test.describe("as a seller", () => {
  test.use({ who: "seller" });
  test("there are none", async ({ page }) => {
    await page.goto("/intents");
    await expect(page.getByRole("heading", { level: 1, name: "Intents" })).toBeHidden();
  });
});

import { demoUrl } from "../support/start";
import { expect, test as base, type Page } from "../support/test";
import { Visitor } from "../support/visitor";

/** Customers in the chat, as many as a test needs. */
const test = base.extend<{ visitor: () => Promise<Visitor> }>({
  visitor: async ({ engine }, use) => {
    const come: Visitor[] = [];
    await use(async () => {
      const visitor = await Visitor.come(demoUrl(engine));
      come.push(visitor);
      return visitor;
    });
    await Promise.all(come.map((visitor) => visitor.leave()));
  },
});

const title = (page: Page) => page.getByRole("textbox", { name: "Title" });
const text = (page: Page) => page.getByRole("textbox", { name: "Body" });
const state = (page: Page) => page.getByRole("main").getByRole("status").first();
/** The preview, which on a phone stands in the place of the words. */
async function preview(page: Page, isMobile: boolean) {
  if (isMobile) await page.getByRole("tab", { name: "Preview" }).click();
  return page.getByRole("region", { name: "Preview" });
}

/** Asks as a new customer, and hears what the bot says to it. */
async function answer(visitor: () => Promise<Visitor>, question: string): Promise<string> {
  const customer = await visitor();
  await customer.say(question);
  let said: string[] = [];
  await expect.poll(async () => {
    said = (await customer.messages()).filter((message) => message.author.kind === "bot").map((message) => message.text);
    return said.length;
  }).toBeGreaterThan(0);
  return said.join("\n");
}

test("an article is written beside its preview, published to the bot and withdrawn from it", async ({ page, visitor, fresh, isMobile, look }) => {
  const name = fresh("Zorblax");
  await page.goto("/records/article/new");
  await expect(page).toHaveURL(/\/articles\/new$/);
  await title(page).fill(`How to calibrate the ${name} manifold`);
  await text(page).fill(`To calibrate the ${name} manifold, turn the brass wheel to seven and wait for the whistle.\n\n| Wheel | Sound |\n| --- | --- |\n| Brass | Whistle |\n\n<img src=x onerror="document.title='hurt'"> [run](javascript:alert(1))`);
  const shown = await preview(page, isMobile);
  await expect(shown.getByRole("cell", { name: "Whistle" })).toBeVisible();
  await expect(shown.locator("img, script, [href^=javascript]")).toHaveCount(0);
  await look("article new");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveURL(/\/articles\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("main").getByText("Published", { exact: true })).toBeVisible();
  const address = await page.getByRole("link", { name: "Public page" }).getAttribute("href") ?? "";
  expect(address).toMatch(/^\/help\/c\/demo\/how-to-calibrate-the-zorblax-/);
  expect(await (await page.request.get(address)).text()).toContain("turn the brass wheel");
  await look("article published", { whole: true });

  const question = `How do I calibrate the ${name} manifold?`;
  await expect.poll(() => answer(visitor, question)).toContain("brass wheel");
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("main").getByText("Draft", { exact: true })).toBeVisible();
  await expect.poll(() => answer(visitor, question)).not.toContain("brass wheel");
  expect((await page.request.get(address)).status()).toBe(404);
});

test("keys format as in other editors, and the browser undoes it", async ({ page }) => {
  await page.goto("/articles/new");
  await text(page).fill("Press Save");
  await text(page).press("Shift+Control+ArrowLeft");
  await text(page).press("Control+b");
  await expect(text(page)).toHaveValue("Press **Save**");
  await text(page).press("Control+z");
  await expect(text(page)).toHaveValue("Press Save");
  await text(page).fill("- one");
  await text(page).press("Enter");
  await text(page).pressSequentially("two");
  await expect(text(page)).toHaveValue("- one\n- two");
  await text(page).press("Enter");
  await text(page).press("Enter");
  await expect(text(page)).toHaveValue("- one\n- two\n");
  await page.getByRole("button", { name: "Bold" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Italic" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text(page)).toHaveValue("- one\n- two\n*italic text*");
});

test("what is not saved outlives a reload, until it is saved or discarded", async ({ page, api, fresh }) => {
  const article = await api.create("article", { title: fresh("Kept"), body: "Before." });
  await page.goto(`/articles/${article.id}`);
  await text(page).fill("Written in a storm.");
  await expect(state(page)).toHaveText("Not saved; this browser keeps it");
  await page.reload();
  await expect(text(page)).toHaveValue("Written in a storm.");
  await page.getByRole("alert").getByRole("button", { name: "Discard it" }).click();
  await expect(text(page)).toHaveValue("Before.");
  await text(page).fill("After.");
  await page.keyboard.press("Control+s");
  await expect(state(page)).toHaveText("Saved");
  await page.reload();
  await expect(text(page)).toHaveValue("After.");
  expect((await api.read("article", article.id)).body).toBe("After.");
});

test("of two who write at once the second is asked whose words shall stand", async ({ page, api, fresh, look }) => {
  const article = await api.create("article", { title: fresh("Both"), body: "Before." });
  await page.goto(`/articles/${article.id}`);
  await text(page).fill("Mine.");
  await api.update("article", article, { body: "Theirs." });
  await page.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("dialog", { name: "Changed meanwhile" });
  await expect(dialog.getByRole("row", { name: /Body/ })).toContainText(/Before\..*Theirs\..*Mine\./s);
  await look("article changed meanwhile");
  await dialog.getByRole("button", { name: "Save mine over it" }).click();
  await expect(state(page)).toHaveText("Saved");
  expect((await api.read("article", article.id)).body).toBe("Mine.");
});

test("revisions show what changed, and bring it back", async ({ page, api, fresh, look }) => {
  const article = await api.create("article", { title: fresh("Revised"), body: "First line.\nSecond line.\nThird line." });
  const second = await api.update("article", article, { body: "First line.\nAnother line.\nThird line." });
  await api.update("article", second, { status: "review" });
  await page.goto(`/articles/${article.id}`);
  await page.getByRole("button", { name: "Revisions" }).click();
  const drawer = page.getByRole("dialog", { name: "Revisions" });
  const revision = drawer.getByRole("listitem").filter({ hasText: "Revision 2" });
  await expect(drawer.getByRole("listitem").first()).toContainText(/Revision 3.*Changed by Robin Castellan.*Draft.*In review/s);
  await revision.getByText("What changed").click();
  await expect(revision.getByRole("deletion")).toContainText("Second line.");
  await expect(revision.getByRole("insertion")).toContainText("Another line.");
  await look("article revisions");
  await drawer.getByRole("button", { name: "Restore this revision: Revision 1" }).click();
  await expect(text(page)).toHaveValue("First line.\nSecond line.\nThird line.");
  expect(await api.read("article", article.id)).toMatchObject({ body: "First line.\nSecond line.\nThird line.", status: "review" });
});

test("a picture is stored with the article and shown in its preview", async ({ page, api, fresh, isMobile }) => {
  await page.goto("/articles/new");
  await title(page).fill(fresh("With a picture"));
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Picture or file" }).click();
  const dot = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  await (await choosing).setFiles({ name: "dot.png", mimeType: "image/png", buffer: dot });
  await expect(text(page)).toHaveValue(/^!\[dot\.png\]\(\/api\/v1\/files\/[0-9a-f-]{36}\)$/);
  const id = /files\/([0-9a-f-]{36})/.exec(await text(page).inputValue())?.[1] ?? "";
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/\/articles\/[0-9a-f-]{36}$/);
  const shown = (await preview(page, isMobile)).getByRole("img", { name: "dot.png" });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await expect.poll(async () => (await api.read("attachment", id)).related_id).toMatchObject({ object: "article", id: page.url().split("/").at(-1) });
});

test("what an article lacks to be published is said where it is missing", async ({ page, fresh, look }) => {
  await page.goto("/articles/new");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(title(page)).toBeFocused();
  await title(page).fill(fresh("Empty"));
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(text(page)).toHaveAccessibleDescription(/without text cannot be published/);
  await look("article without text");
});

test("questions without an answer are counted, and become articles", async ({ page, visitor, fresh, look }) => {
  // Letters only: a word with a number in it may be taken for the customer's own order.
  const thing = fresh("gribblefrotz").replaceAll(" ", "").replaceAll(/[0-9]/g, (digit) => "abcdefghij".charAt(Number(digit)));
  const question = `Which ${thing} licence covers a ${thing} reseller?`;
  await answer(visitor, question);
  await answer(visitor, question);
  await page.goto("/knowledge");
  const gap = page.getByRole("listitem").filter({ hasText: thing });
  await expect(gap).toContainText("2 times");
  const figures = page.getByRole("region", { name: "What the bot did" });
  await expect(figures.getByRole("term").filter({ hasText: /^Answered$/ })).toBeVisible();
  await expect(figures).toContainText("Came back within 7 days");
  await look("knowledge", { whole: true });
  await gap.getByRole("link", { name: /Write an article/ }).click();
  await expect(title(page)).toHaveValue(question);
  await expect(page.getByRole("combobox", { name: "Language" })).toHaveValue("en");
});

test("a solved ticket becomes a draft article with one click", async ({ page, api, fresh, look }) => {
  const ticket = await api.create("ticket", { subject: fresh("Printer offline"), description: "It prints nothing.", status: "open" });
  await api.create("message", { ticket_id: ticket.id, direction: "internal", body: "Same as last week.", name: "Note" });
  await page.goto(`/records/ticket/${ticket.id}`);
  await expect(page.getByRole("link", { name: "Edit" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Make an article of it" })).toHaveCount(0);
  await api.update("ticket", ticket, { status: "solved" });
  await page.reload();
  await page.getByRole("button", { name: "Make an article of it" }).click();
  await expect(page).toHaveURL(/\/articles\/[0-9a-f-]{36}$/);
  await expect(title(page)).toHaveValue(ticket.name);
  await expect(text(page)).toHaveValue("## Question\n\nIt prints nothing.\n\n## Answer");
  await expect(page.getByRole("main").getByText("Draft", { exact: true })).toBeVisible();
  await look("article of a ticket");
  const drafted = page.url();
  await page.goto(`/records/ticket/${ticket.id}`);
  await page.getByRole("link", { name: "Open its article" }).click();
  await expect(page).toHaveURL(drafted);
});

test.describe("an agent", () => {
  test.use({ who: "agent" });

  test("writes and submits a draft, and leaves what is published alone", async ({ page, api, as, fresh, look }) => {
    const draft = await api.create("article", { title: fresh("Of an agent"), body: "A draft." });
    await page.goto(`/records/article/${draft.id}/edit`);
    await expect(text(page)).toHaveValue("A draft.");
    await expect(page.getByRole("button", { name: "Publish" })).toHaveCount(0);
    await page.getByRole("button", { name: "Submit for review" }).click();
    await expect(page.getByRole("main").getByText("In review", { exact: true })).toBeVisible();
    const admin = await as("admin");
    await admin.update("article", await admin.read("article", draft.id), { status: "published" });
    await expect(page.getByRole("alert")).toContainText("It is published");
    await expect(page.getByRole("region", { name: "Preview" })).toContainText("A draft.");
    await expect(text(page)).toHaveCount(0);
    await look("article locked");
  });

  test("turns what was answered in the chat into an article", async ({ page, api, visitor, fresh }) => {
    const customer = await visitor();
    const thing = fresh("snorkwidget").replaceAll(" ", "");
    await customer.say(`Why does my ${thing} hum?`);
    await expect.poll(async () => (await customer.messages()).length).toBeGreaterThan(1);
    const [turn] = await api.query("bot_turn", { filter: { field: "heard", op: "contains", value: thing } });
    const conversation = turn?.conversation_id as string;
    await api.post(`/records/conversation/${conversation}/actions/reply`, { text: "Its fan is *loose*." });
    await api.post(`/records/conversation/${conversation}/actions/note`, { text: "Bad batch, tell nobody." });
    await api.post(`/records/conversation/${conversation}/actions/solve`, {});
    const { ticket_id } = await api.read("conversation", conversation);
    await page.goto(`/records/ticket/${ticket_id as string}`);
    await page.getByRole("button", { name: "Make an article of it" }).click();
    await expect(text(page)).toHaveValue(`## Question\n\nWhy does my ${thing} hum?\n\n## Answer\n\nIts fan is \\*loose\\*.`);
  });
});

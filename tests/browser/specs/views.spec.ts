import { Api } from "../support/api";
import { expect, test, type Page } from "../support/test";
import { Assistant } from "../support/view";

const keyOf = async (api: Api, name: string) => ((await api.post("/api-keys", { name, scopes: ["read", "write"] })) as { key: string }).key;

const assistant = test.extend<{ aide: Assistant; german: Assistant }>({
  aide: async ({ api, request, fresh }, use) => use(new Assistant(request, await keyOf(api, fresh("Aide")))),
  /** That of somebody who has chosen German in Parley. */
  german: async ({ api, request, baseURL, fresh }, use) => {
    const [admin] = await api.query("role", { filter: { field: "name", op: "eq", value: "admin" } });
    const email = `${fresh("greta").replace(" ", "")}@demo.example`;
    const user = await api.create("user", { name: fresh("Greta Grün"), email, role_ids: [admin?.id], language: "de" });
    await api.put(`/users/${user.id}/password`, { new: "a long sentence is better" });
    const own = await Api.signIn(baseURL ?? "", email, "a long sentence is better");
    await use(new Assistant(request, await keyOf(own, fresh("Aide"))));
    await own.close();
  },
});

const viewOf = (page: Page) => page.frameLocator("iframe");

/** On a narrow screen too, all of a view is reached by scrolling down. */
async function fits(page: Page): Promise<void> {
  expect(await viewOf(page).locator("html").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
}

const nasty = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;

assistant("a record is a card, and what it says is text", async ({ page, api, aide, fresh, look }) => {
  const name = `${fresh("Hat Works")} ${nasty}`;
  const { id } = await api.create("account", { name, industry: "retail", description: nasty });
  await aide.show(page, "crm_get", { object: "account", id });
  const view = viewOf(page);
  await expect(view.getByRole("heading", { name })).toBeVisible();
  await expect(view.getByRole("definition").filter({ hasText: nasty })).toBeVisible();
  await expect(view.locator("main img, main script")).toHaveCount(0);
  await expect(page).toHaveTitle("Assistant");
  await fits(page);
  await look("view of a record", { whole: true });
});

const deal = (name: string) => ({ name, amount: { amount: "12345.50", currency: "EUR" }, close_date: "2026-03-04", probability: 12.5 });
const line = (page: Page, label: string) => viewOf(page).locator("dl > div").filter({ has: page.getByRole("term").filter({ hasText: new RegExp(`^${label}$`) }) }).getByRole("definition");

assistant("amounts and times are written as where the program is, whatever the language", async ({ page, api, aide, fresh }) => {
  const { id } = await api.create("deal", deal(fresh("Hats")));
  await aide.show(page, "crm_get", { object: "deal", id, detail: "full" }, { locale: "de-DE", timeZone: "Asia/Tokyo" });
  await expect(line(page, "Amount")).toHaveText("12.345,50\u00a0€");
  await expect(line(page, "Close date")).toHaveText("04.03.2026");
  await expect(line(page, "Closed")).toHaveText("no");
  const { created_at } = await api.read("deal", id);
  const there = new Intl.DateTimeFormat("de-DE", { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Tokyo" });
  await expect(line(page, "Created")).toHaveText(there.format(new Date(created_at as string)));
});

assistant("a view speaks its person's language", async ({ page, api, german, fresh, look }) => {
  const { id } = await api.create("deal", deal(fresh("Hüte")));
  await german.show(page, "crm_get", { object: "deal", id }, {});
  await expect(viewOf(page).locator("html")).toHaveAttribute("lang", "de");
  await expect(viewOf(page).getByText("Verkaufschance", { exact: true })).toBeVisible();
  await expect(line(page, "Betrag")).toHaveText("12.345,50\u00a0€");
  await expect(line(page, "Wahrscheinlichkeit")).toHaveText("12,5\u00a0%");
  await expect(line(page, "Abschlussdatum")).toHaveText("04.03.2026");
  await fits(page);
  await look("view of a record in German", { whole: true });
});

assistant("the pipeline is a board with a column for each stage", async ({ page, aide, look }) => {
  const { structuredContent } = await aide.show(page, "report_pipeline", {});
  const open = structuredContent?.open as { stage: string; deals: number }[];
  for (const { stage, deals } of open) {
    const column = viewOf(page).getByRole("listitem").filter({ has: page.getByRole("heading", { name: stage, exact: true }) });
    await expect(column).toContainText(`${new Intl.NumberFormat("en-GB").format(deals)} deal`);
  }
  // What is wider than its place is reached by keys.
  await page.keyboard.press("Tab");
  await expect(viewOf(page).getByRole("list", { name: "Open deals by stage" })).toBeFocused();
  await fits(page);
  await look("view of the pipeline", { whole: true });
});

assistant("a view is dark where the program is", async ({ page, german }) => {
  await german.show(page, "report_pipeline", {}, { theme: "dark" });
  await expect(viewOf(page).getByRole("list", { name: "Offene Verkaufschancen nach Phase" })).toBeVisible();
  await expect(viewOf(page).locator("body")).toHaveCSS("background-color", "rgb(27, 27, 31)");
});

assistant("only the person's click sends a reply, in the words that stand there", async ({ page, api, aide, fresh, look }) => {
  const { id } = await api.create("conversation", { name: fresh("Hat"), subject: "Hat too small", channel: "web_chat" });
  const said = async () => (await api.query("message", { filter: { field: "conversation_id", op: "eq", value: id } })).filter(({ direction }) => direction === "outbound").map(({ body }) => body);
  await aide.show(page, "conversation_reply", { id, text: "We send you a bigger one." });
  const view = viewOf(page);
  const words = view.getByRole("textbox", { name: "Reply to the customer" });
  await expect(words).toHaveValue("We send you a bigger one.");
  await fits(page);
  await look("view of a reply", { whole: true });

  // A script that clicks is nobody.
  await view.getByRole("button", { name: "Send to the customer" }).evaluate((button: HTMLButtonElement) => button.click());
  await words.fill("We send you two.");
  expect(aide.called).toEqual([]);
  expect(await said()).toEqual([]);

  await view.getByRole("button", { name: "Send to the customer" }).click();
  await expect(view.getByRole("status")).toHaveText("Sent.");
  expect(await said()).toEqual(["We send you two."]);
});

assistant("a reply is changed and sent with the keyboard, and what came of it is where the focus is", async ({ page, api, german, fresh, look }) => {
  const contact = await api.create("contact", { first_name: "Jana", last_name: fresh("Hutmann") });
  const { id } = await api.create("conversation", { name: fresh("Hut"), subject: "Hut zu klein", channel: "web_chat", contact_id: contact.id });
  await german.show(page, "conversation_reply", { id, text: "Wir schicken einen größeren." });
  const view = viewOf(page);
  await expect(view.getByText(`An ${contact.name}`)).toBeVisible();
  await look("view of a reply in German", { whole: true });
  await page.keyboard.press("Tab");
  await expect(view.getByRole("textbox", { name: "Antwort an den Kunden" })).toBeFocused();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Heute noch.");
  await page.keyboard.press("Tab");
  await expect(view.getByRole("button", { name: "An den Kunden senden" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(view.getByRole("status")).toHaveText("Gesendet.");
  await expect(view.getByRole("status")).toBeFocused();
  const sent = await api.query("message", { filter: { field: "conversation_id", op: "eq", value: id } });
  expect(sent.filter(({ direction }) => direction === "outbound").map(({ body }) => body)).toEqual(["Wir schicken einen größeren. Heute noch."]);
});

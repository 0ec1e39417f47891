import { expect, test } from "../support/test";
import { Assistant } from "../support/view";

const assistant = test.extend<{ aide: Assistant }>({
  aide: async ({ api, request, fresh }, use) => {
    const { key } = (await api.post("/api-keys", { name: fresh("Aide"), scopes: ["read", "write"] })) as { key: string };
    await use(new Assistant(request, key));
  },
});

const nasty = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;

assistant("a record is a card, and what it says is text", async ({ page, api, aide, fresh }) => {
  const name = `${fresh("Hat Works")} ${nasty}`;
  const { id } = await api.create("account", { name, industry: "retail", description: nasty });
  await aide.show(page, "crm_get", { object: "account", id });
  const view = page.frameLocator("iframe");
  await expect(view.getByRole("heading", { name })).toBeVisible();
  await expect(view.getByRole("definition").filter({ hasText: nasty })).toBeVisible();
  await expect(view.locator("main img, main script")).toHaveCount(0);
  await expect(page).toHaveTitle("Assistant");
});

assistant("the pipeline is a board with a column for each stage, dark where the program is", async ({ page, aide }) => {
  const { structuredContent } = await aide.show(page, "report_pipeline", {}, "dark");
  const open = structuredContent?.open as { stage: string; deals: number }[];
  const view = page.frameLocator("iframe");
  for (const { stage, deals } of open) {
    const column = view.locator(".column").filter({ has: page.getByRole("heading", { name: stage, exact: true }) });
    await expect(column).toContainText(`${deals} deal`);
  }
  await expect(view.locator("body")).toHaveCSS("background-color", "rgb(27, 27, 31)");
});

assistant("only the person's click sends a reply, in the words that stand there", async ({ page, api, aide, fresh }) => {
  const { id } = await api.create("conversation", { name: fresh("Hat"), subject: "Hat too small", channel: "web_chat" });
  const said = async () => (await api.query("message", { filter: { field: "conversation_id", op: "eq", value: id } })).filter(({ direction }) => direction === "outbound").map(({ body }) => body);
  await aide.show(page, "conversation_reply", { id, text: "We send you a bigger one." });
  const view = page.frameLocator("iframe");
  const words = view.getByRole("textbox", { name: "Reply to the customer" });
  await expect(words).toHaveValue("We send you a bigger one.");

  // A script that clicks is nobody.
  await view.getByRole("button", { name: "Send to the customer" }).evaluate((button: HTMLButtonElement) => button.click());
  await words.fill("We send you two.");
  expect(aide.called).toEqual([]);
  expect(await said()).toEqual([]);

  await view.getByRole("button", { name: "Send to the customer" }).click();
  await expect(view.getByRole("status")).toHaveText("Sent.");
  expect(await said()).toEqual(["We send you two."]);
});

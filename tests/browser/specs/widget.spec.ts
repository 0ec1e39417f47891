import type { Frame } from "@playwright/test";
import { expect, test, type Page } from "../support/test";

/** Nobody of the company's: a visitor of its website. */
test.use({ who: null });

const isPanel = (frame: Frame) => frame.url().includes("/chat/frame?");

/** The panel lies in a closed shadow root, out of the reach of the page and of its locators. */
async function panelOf(page: Page): Promise<Frame> {
  await expect.poll(() => page.frames().some(isPanel)).toBe(true);
  const panel = page.frames().find(isPanel);
  if (!panel) throw new Error("the panel has gone");
  return panel;
}

/** Clicks the button in the corner, as a visitor does. */
async function openChat(page: Page): Promise<Frame> {
  await page.waitForFunction(() => "Parley" in window);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await page.mouse.click(width - 48, height - 48);
  const panel = await panelOf(page);
  await expect(field(panel)).toBeVisible();
  return panel;
}

const field = (panel: Frame) => panel.getByRole("textbox", { name: "Your message" });
const messages = (panel: Frame) => panel.getByRole("log", { name: "Messages" });
async function say(panel: Frame, text: string): Promise<void> {
  await field(panel).fill(text);
  await field(panel).press("Enter");
}
/** Messages of the visitor's own, in order. */
const said = (panel: Frame) => panel.locator(".visitor .bubble");
const waiting = (panel: Frame) => panel.getByText("Waiting to be sent");

/** A line between panel and server that can be cut: it then looks open, and nothing comes through. */
async function lineOf(page: Page) {
  let whole = true;
  const open = new Set<() => void>();
  await page.routeWebSocket("**/api/v1/chat/socket", (socket) => {
    open.add(() => void socket.close());
    if (whole) socket.connectToServer();
  });
  const renew = () => {
    for (const close of open) close();
    open.clear();
  };
  return {
    cut: () => { whole = false; renew(); },
    mend: () => { whole = true; renew(); },
  };
}

test("before the first click a website loads a button and nothing else", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/demo");
  await page.waitForFunction(() => "Parley" in window);
  expect(asked.filter((path) => path.startsWith("/chat") || path.startsWith("/api"))).toEqual(["/chat/widget.js"]);
});

test("a question is answered from the help pages, which are named", async ({ page }) => {
  await page.goto("/demo");
  const panel = await openChat(page);
  await say(panel, "How long is the warranty of a GTX Pro?");
  await expect(messages(panel).getByRole("link", { name: /Source: .*Warranty/ })).toBeVisible();
  await expect(panel.getByRole("button", { name: /yes/i })).toBeVisible();
});

test("with the keyboard alone one asks, and is back on the button after Escape", async ({ page }) => {
  await page.goto("/demo");
  const panel = await openChat(page);
  await field(panel).focus();
  await page.keyboard.type("Which products do you sell?");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("And what do they cost?");
  await page.keyboard.press("Enter");
  await expect(said(panel)).toHaveText(/sell\?\s*And what/);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe("parley-chat");
  await expect(field(panel)).toBeHidden();
  await page.keyboard.press("Enter");
  await expect(field(panel)).toBeVisible();
});

test("what is written without a connection outlives the page and is sent once, in order", async ({ page, context }) => {
  const line = await lineOf(page);
  await page.goto("/demo");
  const before = await openChat(page);
  await say(before, "First, while all is well");
  await expect(said(before)).toHaveCount(1);
  await expect(waiting(before)).toHaveCount(0);
  line.cut();
  await say(before, "Second, in a tunnel");
  await say(before, "Third, still in the tunnel");
  await field(before).pressSequentially("Half a sen");
  await expect(waiting(before)).toHaveCount(2);
  await expect(before.getByText("No connection.")).toBeVisible();

  await page.reload();
  const after = await openChat(page);
  await expect(said(after)).toHaveText([/Second/, /Third/]);
  await expect(field(after)).toHaveValue("Half a sen");
  line.mend();
  await expect(said(after)).toHaveText([/First/, /Second/, /Third/]);
  await expect(waiting(after)).toHaveCount(0);

  const elsewhere = await context.newPage();
  await elsewhere.goto("/demo");
  await expect(said(await openChat(elsewhere))).toHaveText([/First/, /Second/, /Third/]);
});

test("where sockets are blocked the chat works all the same", async ({ page }) => {
  await page.routeWebSocket("**/api/v1/chat/socket", (socket) => void socket.close());
  await page.goto("/demo");
  const panel = await openChat(page);
  await say(panel, "How long is the warranty?");
  await expect(messages(panel).getByRole("link", { name: /Source: / }).first()).toBeVisible();
  await expect(waiting(panel)).toHaveCount(0);
});

test("who types fast loses no letter to what arrives", async ({ page }) => {
  await page.goto("/demo");
  const panel = await openChat(page);
  await say(panel, "How long is the warranty?");
  const text = "the quick brown fox jumps over the lazy dog ".repeat(4);
  await field(panel).pressSequentially(text);
  await expect(messages(panel).getByRole("link", { name: /Source: / }).first()).toBeVisible();
  await field(panel).pressSequentially("and rests");
  await expect(field(panel)).toHaveValue(`${text}and rests`);
});

test("a picture is sent and shown; what is no allowed file says so", async ({ page }) => {
  await page.goto("/demo");
  const panel = await openChat(page);
  await say(panel, "Hello");
  await panel.locator("input[type=file]").setInputFiles([
    { name: "light.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64") },
    { name: "tool.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") },
  ]);
  await expect(panel.getByText(/^Files of .* cannot be sent/)).toBeVisible();
  await panel.getByRole("button", { name: "Remove tool.exe" }).click();
  await expect(panel.getByText("Uploading…")).toHaveCount(0);
  await say(panel, "The light of my gateway");
  await expect(panel.getByRole("button", { name: "Download light.png" }).getByRole("img")).toBeVisible();
  await expect(waiting(panel)).toHaveCount(0);
});

test("what visitors write is text, whatever it looks like", async ({ page }) => {
  await page.goto("/demo");
  const panel = await openChat(page);
  await say(panel, "<img src=x onerror=alert(1)> javascript:alert(1) https://meridian.example/a_(b).");
  await expect(said(panel)).toContainText("<img src=x onerror=alert(1)>");
  await expect(said(panel).getByRole("link")).toHaveText(["https://meridian.example/a_(b)"]);
  await expect(said(panel).locator("img")).toHaveCount(0);
});

test("the panel speaks the page's language, and runs in its direction", async ({ page }) => {
  for (const [tag, name, direction] of [["de-CH", "Ihre Nachricht", "ltr"], ["ar", "Your message", "rtl"]] as const) {
    await page.route("**/demo", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace('lang="en"', `lang="${tag}"`) });
    });
    await page.goto("/demo");
    await page.waitForFunction(() => "Parley" in window);
    await page.evaluate(() => (window as unknown as { Parley: { open: () => void } }).Parley.open());
    const panel = await panelOf(page);
    await expect(panel.getByRole("textbox", { name })).toBeVisible();
    await expect(panel.locator("html")).toHaveAttribute("dir", direction);
    await page.unroute("**/demo");
  }
});

test("whoever signs in is known, and forgotten after signing out", async ({ page }) => {
  await page.goto("/demo/signed-in.html");
  await expect(page.getByText("Signed in as")).toBeVisible();
  const panel = await openChat(page);
  await say(panel, "Which products do you sell?");
  await expect(waiting(panel)).toHaveCount(0);
  await panel.getByRole("button", { name: "Close chat" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect.poll(() => page.frames().some(isPanel)).toBe(false);
  await expect(said(await openChat(page))).toHaveCount(0);
});

test("website and panel can be read by everybody, in light and dark", async ({ page, look }) => {
  await page.goto("/demo");
  await look("demo website", { whole: true });
  await page.goto("/demo/signed-in.html");
  await expect(page.getByText("Signed in as")).toBeVisible();
  await look("demo portal", { whole: true });

  // In the open, where the rules find it: with the page of the frame alone around it.
  await page.route("**/demo/panel", (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en"><title>Panel</title><meta name="viewport" content="width=device-width"><main><h1>Panel</h1><iframe title="Chat" src="/chat/frame?widget=demo&language=en" style="width:100%;height:600px;border:0;color-scheme:light dark"></iframe></main>` }));
  await page.goto("/demo/panel");
  const panel = await panelOf(page);
  await expect(page.locator("iframe")).toBeVisible();
  await panel.waitForLoadState();
  await page.evaluate(() => document.querySelector("iframe")?.contentWindow?.postMessage({ parley: { type: "start", token: null, identity: null, page: location.href, open: true } }, location.origin));
  await say(panel, "How long is the warranty?");
  await expect(messages(panel).getByRole("link", { name: /Source: / }).first()).toBeVisible();
  await look("chat answer");
  await say(panel, "I want to talk to a person");
  await expect(panel.getByLabel("E-mail")).toBeVisible();
  await look("chat details");
});

test("who asks after their own proves their address by a code, which nobody reads in the window", async ({ page, as }) => {
  const address = `${crypto.randomUUID()}@customer.example`;
  const admin = await as("admin");
  const contact = await admin.create("contact", { last_name: "Lee", email: address });
  const ticket = await admin.create("ticket", { subject: "Broken lamp", contact_id: contact.id });
  await page.goto("/demo");
  const panel = await openChat(page);
  await say(panel, "What is the status of my ticket?");
  await expect(messages(panel)).toContainText("Which e-mail address do you use with us?");
  await say(panel, address);
  await expect(messages(panel)).toContainText(`on its way to ${address}`);
  const [mail] = await admin.query("email_message", { filter: { field: "to_address", op: "eq", value: address } });
  const code = /\d{6}/.exec(String(mail?.body))?.[0] ?? "no code";
  await say(panel, code);
  await expect(messages(panel)).toContainText(`${String(ticket.number)}, Broken lamp: it is new.`);
  await expect(said(panel).last()).toContainText("••••••");
  await expect(messages(panel)).not.toContainText(code);
});

import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIRequestContext } from "@playwright/test";
import { password, people } from "../support/api";
import { expect, test } from "../support/test";

/** A program on this machine that wants to be let in, as assistants' programs do it. */
async function program(request: APIRequestContext, base: string, name: string) {
  const server = createServer((asked, answer) => { answer.end(`<title>${name}</title><p>You can close this page.`); got.push(new URL(asked.url ?? "", base)); });
  const got: URL[] = [];
  await once(server.listen(0, "127.0.0.1"), "listening");
  const redirect = `http://127.0.0.1:${(server.address() as AddressInfo).port}/back`;
  const { client_id } = (await (await request.post("/oauth/register", { data: { client_name: name, redirect_uris: ["http://127.0.0.1/back"] } })).json()) as { client_id: string };
  const verifier = randomBytes(32).toString("base64url");
  const asks = new URLSearchParams({
    response_type: "code", client_id, redirect_uri: redirect, code_challenge: createHash("sha256").update(verifier).digest("base64url"), code_challenge_method: "S256",
    resource: `${base}/mcp`, scope: "crm:read crm:write crm:delete crm:send crm:admin", state: "s",
  });
  const told = () => got.find(({ pathname }) => pathname === "/back")?.searchParams;
  const tokens = async () => {
    const form = { grant_type: "authorization_code", client_id, redirect_uri: redirect, code: told()?.get("code") ?? "", code_verifier: verifier };
    return (await (await request.post("/oauth/token", { form })).json()) as { access_token: string; scope: string };
  };
  const tools = async (token: string) => (await request.post("/mcp", {
    headers: { Authorization: `Bearer ${token}`, Accept: "application/json, text/event-stream", Cookie: "" }, data: { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} },
  })).status();
  const describes = async (token: string) => (await request.post("/mcp", {
    headers: { Authorization: `Bearer ${token}`, Accept: "application/json, text/event-stream", Cookie: "" },
    data: { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "crm_describe", arguments: { object: "deal" } } },
  })).status();
  return { question: `/oauth/authorize?${asks}`, told, tokens, tools, describes, close: () => server.close() };
}

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("a person is asked by a page, allows part of it, and the program works", async ({ page, request, baseURL, fresh }) => {
    const aide = await program(request, baseURL ?? "", fresh("Aide"));
    await page.goto(aide.question);
    await page.getByLabel("Delete and merge").uncheck();
    await page.getByLabel("Read the audit log").uncheck();
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await expect(page.getByText("You can close this page.")).toBeVisible();
    expect([...(aide.told()?.keys() ?? [])].sort()).toEqual(["code", "iss", "state"]);
    const { access_token, scope } = await aide.tokens();
    expect(scope).toBe("crm:read crm:write crm:send");
    expect(await aide.tools(access_token)).toBe(200);
    aide.close();
  });

  test("a person does not allow it", async ({ page, request, baseURL, fresh }) => {
    const aide = await program(request, baseURL ?? "", fresh("Aide"));
    await page.goto(aide.question);
    await page.getByRole("button", { name: "Don’t allow" }).click();
    await expect(page.getByText("You can close this page.")).toBeVisible();
    expect(aide.told()?.get("error")).toBe("access_denied");
    aide.close();
  });
});

test("the page says who asks, who is asked, and for what, on every screen", async ({ page, request, baseURL, fresh, look }) => {
  const name = fresh("Aide");
  const aide = await program(request, baseURL ?? "", name);
  await page.goto(aide.question);
  await expect(page.getByRole("heading", { level: 1, name: `Let ${name} work in Parley for you?` })).toBeVisible();
  await expect(page.getByText(people.admin)).toBeVisible();
  await expect(page.getByText("A program on this computer", { exact: true })).toBeVisible();
  await look("consent", { whole: true });
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Sign in as somebody else" })).toBeFocused();
  await page.goto("/oauth/authorize?client_id=nobody");
  await expect(page.getByRole("heading", { name: "This cannot be allowed" })).toBeVisible();
  await look("consent refused");
  aide.close();
});

test.describe("nobody is signed in", () => {
  test.use({ who: null });

  test("who signs in comes back to the question, and nowhere else", async ({ page, request, baseURL, fresh }) => {
    const name = fresh("Aide");
    const aide = await program(request, baseURL ?? "", name);
    const signIn = async () => {
      await page.getByLabel("E-mail").fill(people.seller);
      await page.getByLabel("Password").fill(password);
      await page.keyboard.press("Enter");
    };
    await page.goto(aide.question);
    await signIn();
    await expect(page.getByRole("heading", { level: 1, name: `Let ${name} work` })).toBeVisible();
    await expect(page.getByLabel("Read the audit log")).toBeHidden();
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await expect(page.getByText("You can close this page.")).toBeVisible();
    expect((await aide.tokens()).scope).toBe("crm:read crm:write crm:delete crm:send");
    for (const evil of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
      await page.goto(`/sign-in?to=${encodeURIComponent(evil)}`);
      await signIn();
      await expect(page.getByRole("navigation").or(page.getByRole("button", { name: "Open navigation" })).first()).toBeVisible();
      expect(new URL(page.url()).origin).toBe(baseURL);
    }
    aide.close();
  });
});

test("the page of assistants shows how to connect one", async ({ page, baseURL, look }) => {
  await page.goto("/settings");
  await page.getByRole("link", { name: "AI assistants" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "AI assistants" })).toBeVisible();
  await expect(page.getByText(`claude mcp add --transport http parley ${baseURL}/mcp`)).toBeVisible();
  await look("assistants", { whole: true });
  for (const [tab, text] of [["VS Code", `"url": "${baseURL}/mcp"`], ["Cursor", "Bearer pk_"], ["ChatGPT", "developer mode"], ["Claude", "Add custom connector"], ["MCP Inspector", "npx @modelcontextprotocol/inspector"], ["On this machine", "--stdio"]] as const) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await expect(page.getByRole("tabpanel")).toContainText(text);
  }
});

test("a person ends what a program may do, and an administrator cuts one off", async ({ page, request, baseURL, fresh, look }) => {
  const name = fresh("Aide");
  const aide = await program(request, baseURL ?? "", name);
  const allow = async () => {
    await page.goto(aide.question);
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await expect(page.getByText("You can close this page.")).toBeVisible();
  };
  await allow();
  const { access_token } = await aide.tokens();
  expect(await aide.tools(access_token)).toBe(200);
  await page.goto("/assistants");
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("read, create and change");
  await expect(row).not.toContainText("never");
  await look("assistants in use", { whole: true });
  await page.getByRole("button", { name: `End what ${name} may do` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End" }).click();
  await expect(page.getByText(`${name} may do nothing for you any more.`)).toBeVisible();
  expect(await aide.tools(access_token)).toBe(401);

  await page.getByRole("button", { name: `Cut ${name} off` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cut off" }).click();
  await expect(row).toContainText("cut off");
  await page.goto(aide.question);
  await expect(page.getByText("Your administrators have blocked this program.")).toBeVisible();
  await page.goto("/assistants");
  await page.getByRole("button", { name: `Let ${name} in again` }).click();
  await expect(page.getByText(`${name} may ask again.`)).toBeVisible();
  aide.close();
});

test("an administrator sees what a program called, reading too", async ({ page, request, baseURL, fresh, look }) => {
  const name = fresh("Aide");
  const aide = await program(request, baseURL ?? "", name);
  await page.goto(aide.question);
  await page.getByRole("button", { name: "Allow", exact: true }).click();
  await expect(page.getByText("You can close this page.")).toBeVisible();
  expect(await aide.describes((await aide.tokens()).access_token)).toBe(200);
  const calls = page.getByRole("region", { name: "Calls" });
  await expect(async () => {
    await page.goto("/assistants");
    await expect(calls.getByRole("row").filter({ hasText: name })).toContainText("crm_describe", { timeout: 1_000 });
  }).toPass();
  await calls.getByLabel("Program").click();
  await page.getByRole("option", { name }).click();
  await expect(calls.getByRole("row")).toHaveCount(2);
  await expect(calls.getByRole("row").last()).toContainText("done");
  await look("assistants' calls", { whole: true });
  aide.close();
});

test("an administrator makes a program for a server, which gets a token for its secret", async ({ page, request, fresh, look }) => {
  const name = fresh("Nightly");
  await page.goto("/assistants");
  await page.getByRole("button", { name: "New program" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Acts for").fill("Melvin");
  await page.getByRole("option", { name: "Melvin Marxen" }).click();
  await look("program dialog");
  await dialog.getByRole("button", { name: "Make program" }).click();
  const shown = async (label: string) => (await dialog.getByRole("group", { name: label }).textContent()) ?? "";
  const form = { grant_type: "client_credentials", client_id: await shown("Client id"), client_secret: await shown("Client secret") };
  await look("program made");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Melvin Marxen: read");
  const answer = await request.post("/oauth/token", { form });
  expect(((await answer.json()) as { scope: string }).scope).toBe("crm:read");
});

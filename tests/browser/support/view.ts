import type { APIRequestContext, Page } from "@playwright/test";
import { expect } from "./test";

interface Result { content?: { text?: string }[]; structuredContent?: Record<string, unknown>; isError?: boolean; _meta?: Record<string, unknown> }
interface Called { name: string; input: Record<string, unknown> }

const kind = "text/html;profile=mcp-app";
const version = "2026-07-28";

/** What an assistant's program tells a view of itself. */
export interface HostContext { theme?: "light" | "dark"; locale?: string; timeZone?: string }

/** The page of an assistant's program that shows a view: it passes on what the view and the server tell each other. */
const around = (view: string, context: HostContext) => `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Assistant</title><style>body { margin: 0 } iframe { border: 0; display: block }</style><iframe title="view" sandbox="allow-scripts" width="100%" height="500"></iframe><script>
  const frame = document.querySelector("iframe");
  const tell = (message) => frame.contentWindow.postMessage({ jsonrpc: "2.0", ...message }, "*");
  addEventListener("message", async ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    if (data.method === "ui/initialize") tell({ id: data.id, result: { protocolVersion: "2026-01-26", hostInfo: { name: "test", version: "1" }, hostCapabilities: { serverTools: {} }, hostContext: ${JSON.stringify(context)} } });
    if (data.method === "ui/notifications/size-changed") frame.height = data.params.height;
    if (data.method === "ui/notifications/initialized") for (const message of await ready()) tell(message);
    if (data.method === "tools/call") tell({ id: data.id, result: await callTool(data.params.name, data.params.arguments) });
  });
  frame.srcdoc = ${JSON.stringify(view).replaceAll("<", "\\u003c")};
</script>`;

/** An assistant's program that shows views, with a person's key. */
export class Assistant {
  /** What views have called. */
  readonly called: Called[] = [];
  private last = 0;

  constructor(private readonly request: APIRequestContext, private readonly key: string) {}

  private async ask<T>(method: string, name: string, params: Record<string, unknown>): Promise<T> {
    const _meta = {
      "io.modelcontextprotocol/protocolVersion": version,
      "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
      "io.modelcontextprotocol/clientCapabilities": { extensions: { "io.modelcontextprotocol/ui": { mimeTypes: [kind] } } },
    };
    const answer = await this.request.post("/mcp", {
      headers: { Authorization: `Bearer ${this.key}`, Accept: "application/json, text/event-stream", Cookie: "", "MCP-Protocol-Version": version, "Mcp-Method": method, "Mcp-Name": name },
      data: { jsonrpc: "2.0", id: (this.last += 1), method, params: { ...params, _meta } },
    });
    const told = (await answer.json()) as { result?: T; error?: unknown };
    expect(told.error).toBeUndefined();
    return told.result as T;
  }

  call(name: string, input: Record<string, unknown>): Promise<Result> {
    return this.ask("tools/call", name, { name, arguments: input });
  }

  /** Calls a tool, and shows its answer in the view that the tool names. */
  async show(page: Page, name: string, input: Record<string, unknown>, context: HostContext = { locale: "en-GB", timeZone: "Europe/Berlin" }): Promise<Result> {
    const { tools } = await this.ask<{ tools: { name: string; _meta?: { ui?: { resourceUri: string } } }[] }>("tools/list", "", {});
    const uri = tools.find((tool) => tool.name === name)?._meta?.ui?.resourceUri ?? "";
    const { contents } = await this.ask<{ contents: { mimeType: string; text: string }[] }>("resources/read", uri, { uri });
    expect(contents[0]?.mimeType).toBe(kind);
    const result = await this.call(name, input);
    await page.exposeFunction("ready", () => [
      { method: "ui/notifications/tool-input", params: { arguments: input } },
      { method: "ui/notifications/tool-result", params: result },
    ]);
    await page.exposeFunction("callTool", (tool: string, given: Record<string, unknown>) => {
      this.called.push({ name: tool, input: given });
      return this.call(tool, given);
    });
    await page.route("https://assistant.example/", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: around(contents[0]?.text ?? "", context) }));
    await page.goto("https://assistant.example/");
    return result;
  }
}

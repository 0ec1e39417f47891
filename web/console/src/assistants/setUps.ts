import type { AssistantKey } from "./texts";

/** How a program is connected: what to do, what to write, and whether the browser asks the person then. */
export interface SetUp { id: string; name: string; nameKey?: AssistantKey; text: AssistantKey; code?: (address: string) => string; after?: AssistantKey; asks: boolean }

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** To add a program: describe it here, and its steps in `texts`. */
export const setUps: SetUp[] = [
  { id: "claude-code", name: "Claude Code", text: "connect.claudeCode", code: (address) => `claude mcp add --transport http parley ${address}`, after: "connect.claudeCodeThen", asks: true },
  { id: "claude", name: "Claude", text: "connect.claude", asks: true },
  { id: "chatgpt", name: "ChatGPT", text: "connect.chatgpt", asks: true },
  { id: "vscode", name: "VS Code", text: "connect.vscode", code: (address) => json({ servers: { parley: { type: "http", url: address } } }), asks: true },
  { id: "cursor", name: "Cursor", text: "connect.cursor", code: (address) => json({ mcpServers: { parley: { url: address, headers: { Authorization: "Bearer pk_…" } } } }), asks: false },
  { id: "inspector", name: "MCP Inspector", text: "connect.inspector", code: () => "npx @modelcontextprotocol/inspector", asks: true },
  { id: "local", name: "", nameKey: "connect.localName", text: "connect.local", code: () => json({ mcpServers: { parley: { command: "parley", args: ["mcp", "--stdio"], env: { PARLEY_API_KEY: "pk_…" } } } }), asks: false },
];

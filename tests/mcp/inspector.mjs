// The protocol's Inspector as a client: it calls every tool, over both transports.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output, parley, serving, tool } from "./program.mjs";

/** Every tool on each of these databases, over both transports. */
export async function inspector(databases) {
  for (const database of databases) {
    const folder = await mkdtemp(join(tmpdir(), "parley-inspector-"));
    const environment = { PARLEY_DATA: folder, PARLEY_DATABASE_URL: database ?? "", PARLEY_LOG_LEVEL: "error" };
    if (!database) delete environment.PARLEY_DATABASE_URL;
    try {
      await onDatabase(database?.split(":")[0] ?? "sqlite", environment);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}

async function onDatabase(name, environment) {
  const key = await company(environment);
  await serving([], environment, async (url) => {
    const overHttp = new Client("http", [
      "--server-url", `${url}/mcp`, "--transport", "http", "--header", `Authorization: Bearer ${key}`,
      "--protocol-era", "modern",
    ]);
    const given = Object.entries({ ...environment, PARLEY_API_KEY: key }).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
    const overStdio = new Client("stdio", [parley, "mcp", "--stdio", ...given]);
    for (const client of [overHttp, overStdio]) {
      await day(client);
      console.log(`inspector over ${client.transport} on ${name}: ${client.called.size} tools called`);
    }
  });
}

/** A company with an administrator; the key of their assistant. */
async function company(environment) {
  const slug = `mcp${randomUUID().slice(0, 8)}`;
  const administrator = `ada@${slug}.example`;
  const command = (...args) => output(parley, args, environment);
  await command("tenant", "create", slug, "--name", "Inspected Ltd.");
  await command("user", "create", administrator, "--name", "Ada", "--role", "admin", "--no-password", "--tenant", slug);
  const scopes = ["read", "write", "delete", "configure"].flatMap((scope) => ["--scope", scope]);
  const made = await command("--json", "key", "create", "inspector", "--user", administrator, "--tenant", slug, ...scopes);
  return made.match(/pk_[\w-]+/)[0];
}

/** The Inspector's command line, pointed at one server. */
class Client {
  called = new Set();

  constructor(transport, target) {
    this.transport = transport;
    this.target = target;
  }

  async ask(method, ...args) {
    const said = await tool("@modelcontextprotocol/inspector/clients/launcher/build/index.js", [
      "--cli", ...this.target, "--method", method, ...args, "--format", "json", "-q",
    ]);
    const answer = JSON.parse(said);
    return answer.result ?? answer;
  }

  /** What a tool answers, which has the structure that it promised: the Inspector checks that. */
  async call(name, input = {}) {
    this.called.add(name);
    const answer = await this.ask("tools/call", "--tool-name", name, "--tool-args-json", JSON.stringify(input));
    assert.ok(!answer.isError && answer.structuredContent, `${name} ${JSON.stringify(input)}: ${JSON.stringify(answer)}`);
    return answer.structuredContent;
  }

  /** What a tool answers after the person has said yes to what it asked. */
  async agreed(name, input) {
    const asked = await this.call(name, input);
    assert.equal(asked.status, "needs_confirmation", `${name} asks first: ${JSON.stringify(asked)}`);
    return this.call(name, { ...input, confirmation_token: asked.confirmation_token });
  }
}

/** A day's work with every tool; each answer shows that the calls before did what they said. */
async function day(client) {
  const { tools } = await client.ask("tools/list", "--strict");
  const create = async (object, values) => (await client.call("crm_create", { object, values })).record.id;
  const name = `Hat Works ${client.transport}`;

  const account = await create("account", { name, industry: "retail" });
  const other = await create("account", { name: `Shoe Works ${client.transport}` });
  const { record } = await client.call("crm_get", { object: "account", id: account });
  assert.equal(record.name, name);
  const changed = await client.call("crm_update", {
    object: "account", id: account, values: { website: "https://hats.example" }, expected_version: record.version,
  });
  assert.equal(changed.record.website, "https://hats.example");
  assert.match((await client.call("fetch", { id: `account:${account}` })).text, /hats\.example/);
  assert.equal((await client.call("crm_describe", { object: "account" })).objects[0].name, "account");

  const mine = { field: "name", op: "eq", value: name };
  assert.equal((await client.call("crm_query", { object: "account", filter: mine })).records[0].id, account);
  assert.equal((await client.call("crm_aggregate", { object: "account", filter: mine })).groups[0].values[0], 1);
  assert.ok((await client.call("ask", { question: "how many accounts are there" })).value >= 2);
  assert.deepEqual((await client.call("report_pipeline")).open, []);
  assert.deepEqual((await client.call("kb_search", { query: "opening hours" })).passages, []);
  await found(client, "hat works", `account:${account}`);

  await client.call("activity_log", { kind: "note", subject: "Called", about: `account:${account}` });
  const history = await client.call("crm_timeline", { object: "account", id: account });
  assert.ok(history.events.length >= 2, JSON.stringify(history));
  assert.ok((await client.call("audit_list", { object: "account" })).events.length >= 3);

  // Whatever a customer may come to read is asked about first.
  const values = { name: "Hat too small", subject: "Hat too small", channel: "web_chat" };
  const conversation = (await client.agreed("crm_create", { object: "conversation", values })).record.id;
  await client.call("conversation_note", { id: conversation, text: "Offer a bigger one." });
  await client.agreed("conversation_reply", { id: conversation, text: "We send you a bigger one." });
  const { messages } = await client.call("conversation_get", { id: conversation });
  assert.match(JSON.stringify(messages), /We send you a bigger one\./);

  const all = { object: "account", filter: mine, values: { industry: "mining" } };
  assert.ok(await client.call("bulk_apply", { ...all, dry_run: true }));
  await client.agreed("crm_merge", { object: "account", id: account, from: [other] });
  const deleted = await client.agreed("crm_delete", { object: "account", id: account });
  await client.call("change_revert", { event: deleted.event });
  assert.equal((await client.call("crm_get", { object: "account", id: account })).record.name, name);

  assert.deepEqual([...client.called].sort(), tools.map((tool) => tool.name).sort(), "every tool was called");
}

/** Searches until the index has followed. */
async function found(client, query, id) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { results } = await client.call("search", { query });
    if (results.some((result) => result.id === id)) return;
    assert.ok(Date.now() < deadline, `${id} is not found by «${query}»`);
  }
}

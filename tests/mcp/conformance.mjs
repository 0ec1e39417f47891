// The protocol's official conformance tool, on the fixtures of `parley serve --conformance`.
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serving, tool } from "./program.mjs";

/** The revisions, and how many scenarios each requires: a scenario that is not run proves nothing. */
const REVISIONS = { "2025-11-25": 30, "2026-07-28": 37 };

export async function conformance() {
  await serving(["--conformance"], {}, async (url) => {
    for (const [revision, required] of Object.entries(REVISIONS)) await judge(`${url}/mcp`, revision, required);
  });
}

async function judge(url, revision, required) {
  const folder = await mkdtemp(join(tmpdir(), "parley-conformance-"));
  try {
    const scenarios = await scored(revision);
    const said = await tool("@modelcontextprotocol/conformance/dist/index.js", [
      "server", "--url", url, "--requirements", revision, "--output-dir", folder,
    ]).catch((error) => { throw new Error(`conformance to ${revision}:\n${error.message}`); });
    const found = await checks(folder);
    const wrong = scenarios.flatMap((scenario) => complaints(scenario, found.get(scenario) ?? []));
    if (scenarios.length !== required) wrong.push(`${scenarios.length} scenarios are required, not ${required}`);
    if (wrong.length > 0) throw new Error(`conformance to ${revision}:\n${said}\n${wrong.join("\n")}`);
    const passed = scenarios.flatMap((scenario) => found.get(scenario)).filter(({ status }) => status === "SUCCESS");
    console.log(`conformance to ${revision}: ${scenarios.length} scenarios, ${passed.length} checks passed`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is wrong with a scenario: it must have been checked, and every check must have passed. */
function complaints(scenario, checks) {
  const failed = checks.filter(({ status }) => status !== "SUCCESS")
    .map(({ id, status, errorMessage }) => `${scenario}: ${id} is ${status}: ${errorMessage ?? ""}`);
  return checks.some(({ status }) => status === "SUCCESS") ? failed : [...failed, `${scenario}: nothing was checked`];
}

/** The scenarios that a revision requires of servers, from the tool's own list. */
async function scored(revision) {
  const file = `node_modules/@modelcontextprotocol/conformance/requirements/${revision}.yaml`;
  const lines = (await readFile(file, "utf8")).split("\n");
  const begin = lines.indexOf("server:") + 1;
  const end = lines.findIndex((line, index) => index >= begin && /^\S/.test(line) && !line.startsWith("#"));
  return lines.slice(begin, end).flatMap((line) => line.match(/^ {2}- (\S+)$/)?.[1] ?? []);
}

/** The checks of each scenario, as the tool has written them down. */
async function checks(folder) {
  const found = new Map();
  for (const entry of await readdir(folder)) {
    const scenario = entry.replace(/^server-/, "").replace(/-\d{4}-\d{2}-\d{2}T.*$/, "");
    found.set(scenario, JSON.parse(await readFile(join(folder, entry, "checks.json"), "utf8")));
  }
  return found;
}

// Running other programs: Parley itself, and the tools that hold it to the protocol.
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

export const parley = process.env.PARLEY_BIN;

const run = promisify(execFile);
const MOST_OUTPUT = 64 << 20;

/** Runs a program to its end, and gives what it printed; a failure says what it said. */
export async function output(program, args, environment = {}) {
  const options = { env: { ...process.env, ...environment }, maxBuffer: MOST_OUTPUT };
  try {
    return (await run(program, args, options)).stdout;
  } catch (error) {
    throw new Error(`${[program, ...args].join(" ")}\n${error.stdout ?? ""}${error.stderr ?? ""}${error.message}`);
  }
}

/** Runs a program of the tools' folder, on this very node. */
export const tool = (name, args) => output(process.execPath, [`node_modules/${name}`, ...args]);

/** Starts `parley serve`, gives `use` its address, and ends it. */
export async function serving(args, environment, use) {
  const child = spawn(parley, ["serve", "--listen", "127.0.0.1:0", ...args], {
    env: { ...process.env, PARLEY_LOG_LEVEL: "error", PARLEY_REQUESTS_PER_SECOND: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.on("data", (text) => { complaints += text; });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    return await use(await address(child, ended));
  } catch (error) {
    throw new Error(`${error.message}\n${complaints}`, { cause: error });
  } finally {
    child.kill();
    await ended;
  }
}

async function address(child, ended) {
  const lines = createInterface({ input: child.stdout });
  const listening = new Promise((resolve) => lines.on("line", (line) => {
    if (line.startsWith("listening on ")) resolve(line.slice("listening on ".length));
  }));
  const early = ended.then((code) => { throw new Error(`parley serve ended with ${code} before it listened`); });
  early.catch(() => {});
  return Promise.race([listening, early]);
}

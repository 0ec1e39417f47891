import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Engine = "SQLite" | "PostgreSQL";

/** What the tests run on: SQLite always, PostgreSQL where `scripts/with-postgres` has started one. */
export const engines = (): Engine[] => (process.env.PARLEY_TEST_POSTGRES ? ["SQLite", "PostgreSQL"] : ["SQLite"]);

export interface Program {
  url: string;
  stop: () => Promise<void>;
}

/** Starts the built binary on an empty folder and an empty database; `demo` fills it with the demo company. */
export async function start(engine: Engine, { demo = false } = {}): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), "parley-browser-"));
  // The program ends with its standard input, which the operating system closes however this process ends.
  const child = spawn("sh", ["-c", '"$PARLEY_BIN" "$@" </dev/null & read _; kill $!; wait $!', "sh", "serve", "--listen", "127.0.0.1:0", ...(demo ? ["--demo"] : [])], {
    env: {
      ...process.env,
      PARLEY_BIN: binary(),
      PARLEY_DATA: folder,
      PARLEY_DATABASE_URL: engine === "SQLite" ? `sqlite:${join(folder, "parley.db")}` : freshDatabase(),
      PARLEY_REQUESTS_PER_SECOND: "0",
      PARLEY_LOG_LEVEL: "warn",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const stop = async () => {
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening on (http.*)$/.exec(line)?.[1];
    if (url) {
      child.stdout.resume(); // Whatever else it prints must not fill the pipe.
      return { url, stop };
    }
  }
  await stop();
  throw new Error("the program did not start");
}

function binary(): string {
  if (!process.env.PARLEY_BIN) throw new Error("PARLEY_BIN names no program: run the tests by `make test-browser`");
  return process.env.PARLEY_BIN;
}

/** A new database on the test server, owned by the ordinary role that the program uses. */
function freshDatabase(): string {
  const { PARLEY_TEST_POSTGRES: ordinary = "", PARLEY_TEST_POSTGRES_ADMIN: admin = "" } = process.env;
  const url = new URL(ordinary);
  const name = `parley_browser_${randomBytes(4).toString("hex")}`;
  execFileSync("psql", ["--quiet", "--no-psqlrc", admin, "--command", `create database ${name} owner ${url.username}`]);
  url.pathname = `/${name}`;
  return url.href;
}

import { engines, start, type Engine } from "./program";

const variable = (engine: Engine) => `PARLEY_URL_${engine.toUpperCase()}`;

/** Where the demo company of this run is served. */
export function demoUrl(engine: Engine): string {
  const url = process.env[variable(engine)];
  if (!url) throw new Error(`no program was started on ${engine}`);
  return url;
}

/** One program with the demo company an engine, for all tests; the answer ends them. */
export default async function startAll(): Promise<() => Promise<void>> {
  const programs = await Promise.all(engines().map(async (engine) => {
    const program = await start(engine, { demo: true });
    process.env[variable(engine)] = program.url;
    return program;
  }));
  return async () => {
    await Promise.all(programs.map((program) => program.stop()));
  };
}

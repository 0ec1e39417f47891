import { test as base, expect, type Page } from "@playwright/test";
import { Api, password, people, type Person } from "./api";
import { lookAt, type Looking } from "./look";
import type { Engine } from "./program";
import { demoUrl } from "./start";

export { expect };
export type { Page };

export interface Options {
  /** Who has signed in to the browser; nobody for the pages before sign-in. */
  who: Person | null;
}
interface Given {
  /** The REST interface as `who`, or as the administrator. */
  api: Api;
  /** A name that no other test uses. */
  fresh: (name: string) => string;
  /** See `lookAt`. Done on one engine: a page looks the same whatever the data lies in. */
  look: (name: string, how?: Looking) => Promise<void>;
  /** Opens one of the navigation's places, which on a phone lie behind a button. */
  goTo: (place: string) => Promise<void>;
  faultless: undefined;
}
export interface EngineOption {
  engine: Engine;
}
interface Shared extends EngineOption {
  as: (person: Person) => Promise<Api>;
}

let made = 0;

export const test = base.extend<Options & Given, Shared>({
  engine: ["SQLite", { option: true, scope: "worker" }],
  who: ["admin", { option: true }],

  as: [async ({ engine }, use) => {
    const sessions = new Map<Person, Promise<Api>>();
    await use((person) => {
      const known = sessions.get(person) ?? Api.signIn(demoUrl(engine), people[person], password);
      sessions.set(person, known);
      return known;
    });
    for (const session of sessions.values()) await (await session).close();
  }, { scope: "worker" }],

  baseURL: async ({ engine }, use) => use(demoUrl(engine)),
  storageState: async ({ who, as }, use) => use(who ? await (await as(who)).state() : undefined),
  api: async ({ who, as }, use) => use(await as(who ?? "admin")),
  fresh: async ({}, use, { workerIndex }) => use((name) => `${name} ${workerIndex}x${(made += 1)}`),
  look: async ({ page, engine }, use) => use(async (name, how) => { if (engine === "SQLite") await lookAt(page, name, how); }),
  goTo: async ({ page, isMobile }, use) => use(async (place) => {
    if (isMobile) await page.getByRole("button", { name: "Open navigation" }).click();
    await page.getByRole("navigation").getByRole("link", { name: place, exact: true }).click();
  }),

  /** Nothing may go wrong unseen: no uncaught error, no complaint of the browser, no failing server. */
  faultless: [async ({ page }, use) => {
    const faults = faultsOf(page);
    await use(undefined);
    expect(faults, "faults of the page").toEqual([]);
  }, { auto: true }],
});

function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  page.on("console", (message) => {
    // A refusal such as 401 or 412 is an answer like any other, though the browser calls it an error.
    const refused = message.text().startsWith("Failed to load resource") && / 4\d\d /.test(message.text());
    if (!refused && (message.type() === "error" || message.type() === "warning")) faults.push(`${message.text()} (${message.location().url})`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}

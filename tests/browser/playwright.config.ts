import { defineConfig } from "@playwright/test";
import { engines } from "./support/program";
import type { EngineOption, Options } from "./support/test";

/**
 * The console in a real browser, in front of the built binary. `make test-browser` runs it;
 * with PARLEY_BIN set, `npx playwright test board` runs one file on SQLite.
 */
const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** A page looks the same whatever the data lies in: phones are tried on one engine. */
const projects = engines().flatMap((engine) => [
  { name: `desktop on ${engine}`, use: { ...sizes.desktop, engine } },
  ...(engine === "SQLite" ? [{ name: `phone on ${engine}`, use: { ...sizes.phone, engine } }] : []),
]);

export default defineConfig<Options, EngineOption>({
  testDir: "specs",
  outputDir: "results",
  globalSetup: "./support/start.ts",
  fullyParallel: true,
  workers: 2,
  // A busy machine may take long; nothing waits longer than it must.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  retries: process.env.CI ? 2 : 0,
  reporter: process.stdout.isTTY ? "line" : "list",
  projects,
  use: {
    browserName: "chromium",
    actionTimeout: 30_000,
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // Recording slows every page down: where a test is tried again anyway, only that is recorded.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    launchOptions: {
      executablePath: process.env.PARLEY_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});

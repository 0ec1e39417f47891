import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

const standards = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

export interface Looking {
  /** The page in its full length, as on a screen that is long enough. */
  whole?: boolean;
}

/**
 * Takes a picture of what the page shows, in light and dark, into `pictures/`, and holds both against the rules of
 * WCAG 2.2 AA that a program can check.
 */
export async function lookAt(page: Page, name: string, { whole = false }: Looking = {}): Promise<void> {
  const folder = join(import.meta.dirname, "../pictures", test.info().project.name);
  await mkdir(folder, { recursive: true });
  await nothingLoads(page);
  const usual = page.viewportSize();
  // The colours of the dark are the same on every size of screen.
  const isPhone = test.info().project.use.isMobile === true;
  if (whole) await lengthen(page);
  for (const scheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: join(folder, `${name} ${scheme}.png`) });
    if (scheme === "light" || !isPhone) expect.soft(await violations(page, scheme), `${name}, ${scheme}: accessibility`).toEqual([]);
  }
  await fitsTheScreen(page, name);
  if (usual) await page.setViewportSize(usual);
}

/** What the rules find. In the dark only colours differ, so only they are looked at there. */
async function violations(page: Page, scheme: "dark" | "light"): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (scheme === "light" ? axe.withTags(standards) : axe.withRules(["color-contrast"])).analyze();
  return found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}\n  ${node.html}\n  ${node.failureSummary ?? ""}`));
}

/** Makes the screen as long as the page, so that what sticks to its edges is where a reader finds it. */
async function lengthen(page: Page): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const content = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(Math.max(height, content), 4000) });
}

/** Placeholders have given way to what was loaded. */
async function nothingLoads(page: Page): Promise<void> {
  await expect(page.locator(".MuiSkeleton-root")).toHaveCount(0);
}

/** Nothing sticks out sideways: whoever reads on a phone scrolls in one direction only. */
async function fitsTheScreen(page: Page, name: string): Promise<void> {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(excess, `${name}: pixels beyond the right edge`).toBeLessThanOrEqual(0);
}

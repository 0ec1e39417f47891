import type { Api, Stored } from "../support/api";
import { expect, test, type Page } from "../support/test";

/** A deal in the first stage, alone on its board, and the names of the stages. */
async function dealOnBoard(page: Page, api: Api, name: string): Promise<{ deal: Stored; stages: string[] }> {
  const deal = await api.create("deal", { name });
  const stages = await api.query("stage", { filter: { field: "pipeline_id", op: "eq", value: deal.pipeline_id }, sort: [{ field: "position" }] });
  await page.goto(`/records/deal/board?q=${encodeURIComponent(name)}`);
  await expect(column(page, stages[0]?.name).getByRole("link", { name })).toBeVisible();
  return { deal, stages: stages.map((stage) => stage.name) };
}

const column = (page: Page, name = "") => page.getByRole("region", { name, exact: true });

test("the board shows the deals of the pipeline that is sold in, stage by stage", async ({ page, look }) => {
  await page.goto("/records/deal/board");
  for (const stage of ["Prospecting", "Engaging", "Won", "Lost"]) await expect(column(page, stage).getByRole("listitem")).not.toHaveCount(0);
  await look("board");
});

test("a card is dragged by mouse to another stage", async ({ page, api, fresh, isMobile }) => {
  test.skip(isMobile, "a phone has no mouse");
  const { deal, stages: [, second] } = await dealOnBoard(page, api, fresh("Dragged"));
  const card = page.getByRole("listitem").filter({ hasText: deal.name });
  const target = await column(page, second).boundingBox();
  await card.hover({ position: { x: 20, y: 45 } });
  await page.mouse.down();
  await page.mouse.move((target?.x ?? 0) + 100, (target?.y ?? 0) + 100, { steps: 8 });
  await page.mouse.up();
  await expect(column(page, second).getByRole("link", { name: deal.name })).toBeVisible();
  await expect(page.getByText(`${deal.name} is now in ${second}.`)).toBeVisible();
  await expect.poll(async () => (await api.read("deal", deal.id))._names).toMatchObject({ stage_id: second });
});

test("a card is carried by keyboard, with every step said aloud", async ({ page, api, fresh, isMobile }) => {
  test.skip(isMobile, "a phone has no keyboard");
  const { deal, stages: [first, second] } = await dealOnBoard(page, api, fresh("Carried"));
  await page.getByRole("button", { name: `Drag ${deal.name}` }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText(`${deal.name} is over ${first}.`)).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText(`${deal.name} is over ${second}.`)).toBeAttached();
  await page.keyboard.press("Space");
  await expect(column(page, second).getByRole("link", { name: deal.name })).toBeVisible();
  await expect.poll(async () => (await api.read("deal", deal.id))._names).toMatchObject({ stage_id: second });
});

test("a deal that is lost needs a reason", async ({ page, api, fresh, look }) => {
  const { deal } = await dealOnBoard(page, api, fresh("Lost"));
  await page.getByRole("button", { name: `Move ${deal.name} to another column` }).click();
  await look("move menu");
  await page.getByRole("menuitem", { name: "Lost" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(dialog.getByText("is needed.")).toBeVisible();
  await look("lost reason");
  await dialog.getByLabel("Lost because").fill("Too dear");
  await dialog.getByRole("button", { name: "Move" }).click();
  await expect(column(page, "Lost").getByRole("link", { name: deal.name })).toBeVisible();
  await expect.poll(() => api.read("deal", deal.id)).toMatchObject({ lost_reason: "Too dear", is_closed: true, is_won: false });

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await expect.poll(async () => (await api.read("deal", deal.id)).is_closed).toBe(false);
});

test("a lost deal's reason is asked for when it is carried there by keyboard, too", async ({ page, api, fresh, isMobile }) => {
  test.skip(isMobile, "a phone has no keyboard");
  const { deal, stages } = await dealOnBoard(page, api, fresh("Given up"));
  await page.getByRole("button", { name: `Drag ${deal.name}` }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText(`${deal.name} is over ${stages[0]}.`)).toBeAttached();
  for (const stage of stages.slice(1, stages.indexOf("Lost") + 1)) {
    await page.keyboard.press("ArrowRight");
    await expect(page.getByText(`${deal.name} is over ${stage}.`)).toBeAttached();
  }
  await page.keyboard.press("Space");
  await page.getByRole("dialog").getByLabel("Lost because").fill("No budget");
  await page.keyboard.press("Enter");
  await expect(column(page, "Lost").getByRole("link", { name: deal.name })).toBeVisible();
  await expect.poll(async () => (await api.read("deal", deal.id)).lost_reason).toBe("No budget");
});

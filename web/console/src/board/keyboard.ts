import type { KeyboardCoordinateGetter } from "@dnd-kit/core";

/** Left and right carry a lifted card one column on. */
export const moveByColumn: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = event.code === "ArrowRight" ? 1 : event.code === "ArrowLeft" ? -1 : 0;
  if (event.code.startsWith("Arrow")) event.preventDefault();
  if (!step || !context.collisionRect) return undefined;
  const middle = context.collisionRect.left + context.collisionRect.width / 2;
  const columns = [...context.droppableRects.values()].sort((a, b) => a.left - b.left);
  const at = columns.findIndex((rect) => middle >= rect.left && middle <= rect.left + rect.width);
  const next = columns[at + step];
  return next && { x: next.left + 8, y: Math.max(currentCoordinates.y, next.top + 8) };
};

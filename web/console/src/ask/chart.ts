import type { Format } from "../values/format";
import type { Bar } from "./figures";
import { periodLabel } from "./figures";
import type { Chart } from "./types";

export type Ground = "light" | "dark";

/** Times as the reader's language calls them; whatever else a category is stays as it is. */
export const categoriesOf = ({ kind, categories }: Chart, language: string): string[] =>
  kind === "line" ? categories.map((category) => periodLabel(category, language)) : categories;

/** The first row of a chart as bars. */
export const barsOf = ({ categories, series: [row] }: Chart, language: string): Bar[] =>
  categories.map((category, at) => ({
    key: `${at} ${category}`, label: periodLabel(category, language), value: row?.values[at] ?? null, text: row?.shown[at] ?? "–",
  }));

/** A figure beside an axis, where there is little room. */
export function axisText(value: number, unit: Chart["unit"], format: Format): string {
  if (unit === "percent") return format.percent(value);
  if (unit === "duration") return format.duration(value);
  if (typeof unit === "object") return format.money(value, unit.money, true);
  return new Intl.NumberFormat(format.language, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** Where the chart of an answer is as a picture. */
export const pictureAddress = (conversation: string, turn: number, theme: Ground) =>
  `/api/v1/ask/conversations/${conversation}/turns/${turn}/chart.png?theme=${theme}`;

/** Each category with its figure, for the words beside a pie. */
export const withFigure = ({ series: [row] }: Chart, label: string, at: number) => `${label}: ${row?.shown[at] ?? "–"}`;

/** Told apart on either ground, and by those who do not tell red from green. */
export const rowColours = (ground: Ground): string[] =>
  ground === "dark"
    ? ["#7db0ff", "#ffa45c", "#5fd3ae", "#f08fcb", "#b3b5ff", "#e0c341", "#6fd0e6", "#c9b09c"]
    : ["#1f5fbf", "#c2570c", "#0f7b5f", "#a3337f", "#6b6ecf", "#8a6d00", "#2a8fa8", "#6e5a4b"];

import { valueType } from "../api/schema";
import type { Aggregate, Field, Groups, ObjectDef } from "../api/types";
import { valueText, type TextTools } from "../fields/valueText";
import { isMoney } from "../values/format";
import type { Answer, Asked } from "./types";

export interface Bar { key: string; label: string; value: number | null; text: string }

const named = (object: ObjectDef | undefined, name: string | undefined): Field | undefined =>
  object?.fields.find((field) => field.name === name || field.name === `${name}_id`);

/** A figure as a person reads it, by what was measured. */
export function figureText(value: unknown, asked: Asked | undefined, object: ObjectDef | undefined, tools: TextTools): string {
  const { format, currency } = tools;
  if (value === null || value === undefined) return "–";
  if (isMoney(value)) return format.money(value, currency);
  const measure = asked?.measures?.[0];
  if (measure?.measure === "ratio") return format.percent(value);
  const field = measure?.measure.startsWith("count") ? undefined : named(object, measure?.field);
  if (!field || valueType(field) === "select") return format.number(value, 2);
  return valueType(field) === "money" ? format.money(value, currency) : ["number", "decimal"].includes(valueType(field)) ? format.number(value, 2) : valueText(field, value, tools);
}

export function numberOf(value: unknown): number | null {
  const plain = isMoney(value) ? value.amount : value;
  const number = typeof plain === "number" ? plain : typeof plain === "string" && plain.trim() !== "" ? Number(plain) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

/** The months of a label such as `2026-03`, in words. */
export function periodLabel(label: string, language: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(label) ?? [];
  if (!year || !month) return label;
  return new Intl.DateTimeFormat(language, { month: "short", year: "numeric", timeZone: "UTC" }).format(Date.UTC(Number(year), Number(month) - 1));
}

/** What the server counts, without the name of the object: that stands in the address. */
export function aggregateOf({ filter, group, measures, sort, top }: Asked): Aggregate {
  return { filter, group, measures: measures ?? [], sort: sort as Aggregate["sort"], top };
}

interface Tools extends TextTools { none: string }

/** The bars of the groups as they are now. */
export const barsNow = ({ groups }: Groups, asked: Asked, object: ObjectDef | undefined, tools: Tools): Bar[] =>
  groups.map(({ keys, labels, values: [value] }) => ({
    key: JSON.stringify(keys), value: numberOf(value), text: figureText(value, asked, object, tools),
    label: labels.map((label) => (label === null ? tools.none : periodLabel(label, tools.format.language))).join(" · "),
  }));

/** The bars as the bot told them. */
export const barsThen = ({ labels = [], groups = {}, query }: Answer, object: ObjectDef | undefined, tools: Tools): Bar[] =>
  labels.map((label) => ({
    key: label, value: numberOf(groups[label]), text: figureText(groups[label], query, object, tools),
    label: label.split(" · ").map((part) => periodLabel(part, tools.format.language)).join(" · "),
  }));

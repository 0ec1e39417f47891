import { valueType } from "../api/schema";
import type { Address, Field, RecordData } from "../api/types";
import { languageName, type Format } from "../values/format";
import type { Translate } from "../i18n";

export interface TextTools { format: Format; t: Translate; currency: string }

/** A value as one line of plain text, for tables, charts, timelines and chips. */
export function valueText(field: Field, value: unknown, tools: TextTools, names?: RecordData["_names"]): string {
  const { format, t, currency } = tools;
  if (value === null || value === undefined || value === "") return "";
  switch (valueType(field)) {
    case "money": return format.money(value, currency);
    case "percent": return format.percent(value);
    case "number": case "decimal": case "rating": return isYear(field) && typeof value === "number" ? String(value) : format.number(value);
    case "boolean": return value === true ? t("value.yes") : t("value.no");
    case "date": return format.date(value);
    case "datetime": return format.dateTime(value);
    case "duration": return format.duration(value);
    case "select": return optionLabel(field, value);
    case "multi_select": return Array.isArray(value) ? value.map((key) => optionLabel(field, key)).join(", ") : optionLabel(field, value);
    case "reference": case "user": case "file": case "any_reference": {
      const name = names?.[field.name];
      return typeof name === "string" && name ? name : idOf(value);
    }
    case "references": {
      const many = names?.[field.name];
      if (Array.isArray(many)) return many.join(", ");
      return Array.isArray(value) ? t("value.items", { count: value.length }) : "";
    }
    case "address": return addressLines(value).join(", ");
    case "location": return typeof value === "object" && "latitude" in value && "longitude" in value ? `${String(value.latitude)}, ${String(value.longitude)}` : "";
    case "json": return typeof value === "string" ? value : JSON.stringify(value);
    case "text": return field.name === "language" && typeof value === "string" ? languageName(value, format.language) : plain(value);
    default: return plain(value);
  }
}

const plain = (value: unknown) => (typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value));

/** A year is a number that is not parted into thousands. */
const isYear = (field: Field) => /(^|_)year(_|$)/.test(field.name);

export const optionLabel = (field: Field, key: unknown) => field.options?.find((option) => option.key === key)?.label ?? String(key);

export function addressLines(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { street, city, region, postal_code, country } = value as Address;
  return [street, [postal_code, city].filter(Boolean).join(" "), region, country].filter((line): line is string => Boolean(line));
}

function idOf(value: unknown): string {
  if (typeof value === "string") return value.length > 12 ? `…${value.slice(-6)}` : value;
  return typeof value === "object" && value !== null && "id" in value ? idOf(value.id) : "";
}

import ArrowIcon from "@mui/icons-material/ArrowRightAlt";
import Box from "@mui/material/Box";
import { useQueries } from "@tanstack/react-query";
import { recordQuery } from "../api/records";
import { fieldOf, targetOf } from "../api/schema";
import type { AnyReference, Field, ObjectDef } from "../api/types";
import { valueText } from "../fields/valueText";
import { useLocale } from "../i18n";

const shown = 8;

/** Field by field, what a value was and what it became. */
export function Changes({ object, changes }: { object: ObjectDef | undefined; changes: [string, [unknown, unknown]][] }) {
  const tools = useLocale();
  const told = changes.filter(([name]) => isTold(fieldOf(object, name)));
  const rows = told.slice(0, shown);
  const others = told.length - rows.length;
  return (
    <Box component="dl" sx={{ m: 0, mt: 0.5, fontSize: "0.8125rem", display: "grid", gap: 0.25 }}>
      {rows.map(([name, pair]) => {
        const field = fieldOf(object, name);
        const [from, to] = Array.isArray(pair) ? pair : [null, pair];
        return field && (
          <Box key={name} sx={{ display: "flex", flexWrap: "wrap", columnGap: 0.75, alignItems: "center" }}>
            <Box component="dt" sx={{ color: "text.secondary" }}>{field.label}:</Box>
            <Box component="dd" sx={{ m: 0, display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 0.5, overflowWrap: "anywhere" }}>
              {!isBlank(from) && <><Box component="del" sx={{ color: "text.secondary" }}><Value field={field} value={from} /></Box><ArrowIcon aria-label={tools.t("event.became")} sx={{ fontSize: 16, color: "text.secondary" }} /></>}
              <Box component="ins" sx={{ textDecoration: "none", fontWeight: 500 }}>{isBlank(to) ? tools.t("value.none") : <Value field={field} value={to} />}</Box>
            </Box>
          </Box>
        );
      })}
      {others > 0 && rows.length > 0 && <Box sx={{ color: "text.secondary" }}>{tools.t("event.more", { count: others })}</Box>}
    </Box>
  );
}

/** What the system keeps by itself and what has no short form only clutter a history. */
const isTold = (field: Field | undefined) => field !== undefined && !field.system && field.type !== "json";

const isBlank = (value: unknown) => value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Ids in the log are shown as the names their records have now. */
function Value({ field, value }: { field: Field; value: unknown }) {
  const tools = useLocale();
  const references = referencesIn(field, value);
  const found = useQueries({ queries: references.map(({ object, id }) => ({ ...recordQuery(object, id), staleTime: 300_000, retry: false })) });
  if (references.length > 0) return <>{references.map(({ id }, index) => found[index]?.data?.name ?? `…${id.slice(-6)}`).join(", ")}</>;
  const text = valueText(field, value, tools);
  return <>{text.length > 160 ? `${text.slice(0, 160)}…` : text}</>;
}

function referencesIn(field: Field, value: unknown): AnyReference[] {
  if (field.type === "any_reference") return typeof value === "object" && value !== null && "object" in value && "id" in value ? [{ object: String(value.object), id: String(value.id) }] : [];
  const target = targetOf(field);
  return target ? (Array.isArray(value) ? value : [value]).flatMap((id) => (typeof id === "string" ? [{ object: target, id }] : [])) : [];
}

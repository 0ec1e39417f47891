import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import { useQueries } from "@tanstack/react-query";
import { recordQuery } from "../api/records";
import { targetOf, useSchema, type Schema } from "../api/schema";
import type { Filter, ObjectDef } from "../api/types";
import { useLocale } from "../i18n";
import { describe } from "./describe";
import { fromFilter, toFilter, type Node } from "./model";
import { resolvePath } from "./paths";

interface FilterChipsProps { object: ObjectDef; filter: Filter | undefined; onChange: (filter: Filter | undefined) => void; onEdit: () => void }

/** The filter in force, one chip for each part of it. */
export function FilterChips({ object, filter, onChange, onEdit }: FilterChipsProps) {
  const tools = useLocale();
  const schema = useSchema();
  const root = fromFilter(filter);
  const ids = referencedIds(root, object, schema);
  const found = useQueries({ queries: ids.map(({ object: target, id }) => ({ ...recordQuery(target, id), staleTime: 300_000, retry: false })) });
  const nameOf = (target: string, id: string) => found[ids.findIndex((entry) => entry.object === target && entry.id === id)]?.data?.name ?? "…";
  if (!filter) return null;
  const parts: Node[] = root.join === "and" && !root.negated ? root.items : [root];
  return (
    <Box component="ul" aria-label={tools.t("filter.active")} sx={{ display: "flex", flexWrap: "wrap", gap: 0.75, m: 0, p: 0, mb: 1.5, listStyle: "none" }}>
      {parts.map((part, index) => {
        const text = describe(part, object, schema, tools, nameOf);
        return (
          <li key={text}>
            <Chip
              label={text} onClick={onEdit} sx={{ maxWidth: { xs: 330, md: 560 } }} slotProps={{ root: { title: text } }}
              onDelete={() => onChange(parts.length === 1 ? undefined : toFilter({ ...root, items: root.items.filter((_, other) => other !== index) }))}
            />
          </li>
        );
      })}
    </Box>
  );
}

function referencedIds(node: Node, object: ObjectDef, schema: Schema): { object: string; id: string }[] {
  if (node.kind === "group") return node.items.flatMap((item) => referencedIds(item, object, schema));
  if (node.kind === "related") {
    const relation = object.relations?.find((candidate) => candidate.name === node.through);
    const target = schema.byName.get(relation?.object ?? "");
    return target ? referencedIds(node.inner, target, schema) : [];
  }
  const target = targetOf(resolvePath(object, node.field, schema)?.field ?? { name: "", label: "", type: "text" });
  const values = Array.isArray(node.value) ? (node.value as unknown[]) : [node.value];
  return target ? values.filter((value): value is string => typeof value === "string").map((id) => ({ object: target, id })) : [];
}

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useQueries } from "@tanstack/react-query";
import { listQuery } from "../api/records";
import { useSchema } from "../api/schema";
import { useLocale } from "../i18n";
import { valueText } from "../fields/valueText";
import { tellingFields } from "./telling";
import { useAskText } from "./texts";
import type { Choice } from "./types";

/** Records that may have been meant. Names alone may be the same: what else tells them apart stands below. */
export function Choices({ choices, disabled, onChoose }: { choices: Choice[]; disabled: boolean; onChoose: (id: string) => void }) {
  const t = useAskText();
  const tools = useLocale();
  const schema = useSchema();
  const objects = [...new Set(choices.map(({ object }) => object))].filter((name) => schema.byName.has(name));
  const known = useQueries({
    queries: objects.map((name) => listQuery(name, { filter: { field: "id", op: "in", value: choices.filter(({ object }) => object === name).map(({ id }) => id) } })),
    combine: (results) => new Map(results.flatMap(({ data }, index) => {
      const object = schema.byName.get(objects[index] ?? "");
      const fields = data && object ? tellingFields(object, data.records, undefined, 3) : [];
      return (data?.records ?? []).map((record) => [record.id, fields.map((field) => valueText(field, record[field.name], tools, record._names)).filter(Boolean).join(" · ")] as const);
    })),
  });
  return (
    <Box component="ul" aria-label={t("choices.label")} sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 0.75 }}>
      {choices.map(({ id, object, name }) => (
        <li key={id}>
          <Button fullWidth variant="outlined" disabled={disabled} onClick={() => onChoose(id)} sx={{ justifyContent: "flex-start", textAlign: "start" }}>
            <Box component="span" sx={{ minWidth: 0, overflowWrap: "anywhere" }}>
              <bdi>{name}</bdi>
              <Box component="span" sx={{ display: "block", fontWeight: 400, fontSize: "0.75rem", color: disabled ? undefined : "text.secondary" }}><bdi>{known.get(id) ?? schema.byName.get(object)?.label ?? object}</bdi></Box>
            </Box>
          </Button>
        </li>
      ))}
    </Box>
  );
}

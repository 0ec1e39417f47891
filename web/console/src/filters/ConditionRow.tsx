import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useSchema } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { ConditionValue } from "./ConditionValue";
import type { Condition } from "./model";
import { choiceOf, choicesFor, valueFor } from "./operators";
import { resolvePath, type Path } from "./paths";

interface ConditionRowProps { object: ObjectDef; paths: Path[]; condition: Condition; onChange: (next: Condition) => void }

export function ConditionRow({ object, paths, condition, onChange }: ConditionRowProps) {
  const t = useText();
  const schema = useSchema();
  const resolved = resolvePath(object, condition.field, schema);
  const current = paths.find((path) => path.path === condition.field)
    ?? (resolved ? { path: condition.field, field: resolved.field, label: resolved.label, group: object.label } : null);
  const choices = current ? choicesFor(current.field) : [];
  const choice = current ? choiceOf(current.field, condition.op, condition.value) : undefined;
  const pickField = (path: Path) => {
    const kept = choicesFor(path.field).find((candidate) => candidate.op === condition.op && path.field.type === current?.field.type) ?? choicesFor(path.field)[0];
    if (kept) onChange({ ...condition, field: path.path, op: kept.op, value: valueFor(kept, undefined) });
  };
  return (
    <Box sx={{ display: "grid", gap: 1, gridTemplateColumns: "minmax(0, 1.2fr) minmax(0, 1fr)" }}>
      <Autocomplete
        disableClearable options={paths} groupBy={(path) => path.group} getOptionLabel={(path) => path.label} getOptionKey={(path) => path.path}
        value={current as Path} isOptionEqualToValue={(a, b) => a.path === b.path} onChange={(_, path) => pickField(path)}
        renderInput={(params) => <TextField {...params} label={t("filter.field")} />}
      />
      <TextField
        select label={t("filter.operator")} value={choice?.key ?? ""}
        onChange={(event) => {
          const next = choices.find((candidate) => candidate.key === event.target.value);
          if (next) onChange({ ...condition, op: next.op, value: valueFor(next, condition) });
        }}
      >
        {choices.map(({ key }) => <MenuItem key={key} value={key}>{t(`op.${key}` as "op.eq")}</MenuItem>)}
      </TextField>
      {current && choice?.fixed === undefined && (
        <Box sx={{ gridColumn: "1 / -1" }}>
          <ConditionValue key={`${condition.field} ${condition.op}`} field={current.field} condition={condition} onChange={(value) => onChange({ ...condition, value })} />
        </Box>
      )}
    </Box>
  );
}

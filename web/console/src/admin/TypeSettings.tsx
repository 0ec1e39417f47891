import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Box from "@mui/material/Box";
import { fieldOf, targetOf, useSchema } from "../api/schema";
import type { Field, FieldType, ObjectDef } from "../api/types";
import { FieldInput } from "../fields/FieldInput";
import { useText } from "../i18n";
import { numeric, textual } from "./fieldInput";
import { OptionsEditor } from "./OptionsEditor";

interface TypeSettingsProps { object: ObjectDef; field: Field; onChange: (change: Partial<Field>) => void; messageOf: (name: string) => string | undefined; exists: boolean }

const results: FieldType[] = ["number", "text", "boolean", "date"];
const measures = ["count", "sum", "avg", "min", "max"] as const;

/** What belongs to the field's type: options, target, formula, limits, default. */
export function TypeSettings({ object, field, onChange, messageOf, exists }: TypeSettingsProps) {
  const t = useText();
  const schema = useSchema();
  const numberOf = (text: string) => (text.trim() === "" || Number.isNaN(Number(text)) ? null : Number(text));
  const limit = (name: "min" | "max" | "max_length") => <TextField type="number" label={t(`fields.${name}`)} value={field[name] ?? ""} error={Boolean(messageOf(name))} helperText={messageOf(name)} onChange={(event) => onChange({ [name]: numberOf(event.target.value) })} />;
  const pair = { display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" } };
  const defaultInput = <FieldInput bare field={{ ...field, name: "default", label: t("fields.default"), required: false, read_only: false, description: null }} value={field.default} error={messageOf("default")} onChange={(value) => onChange({ default: value })} />;
  switch (field.type) {
    case "select": case "multi_select":
      return <><OptionsEditor options={field.options ?? []} onChange={(options) => onChange({ options })} error={messageOf("options")} exists={exists} />{field.type === "select" && defaultInput}</>;
    case "reference": case "references":
      return (
        <TextField select required label={t("fields.references")} value={field.references ?? ""} disabled={exists} error={Boolean(messageOf("references"))} helperText={messageOf("references")} onChange={(event) => onChange({ references: event.target.value })}>
          {schema.objects.map((each) => <MenuItem key={each.name} value={each.name}>{each.label}</MenuItem>)}
        </TextField>
      );
    case "formula":
      return (
        <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "2fr 1fr" } }}>
          <TextField required label={t("fields.formula")} placeholder="amount * probability / 100" value={field.formula ?? ""} error={Boolean(messageOf("formula"))} helperText={messageOf("formula") ?? t("fields.formulaHelp")} onChange={(event) => onChange({ formula: event.target.value })} slotProps={{ htmlInput: { spellCheck: false } }} />
          <TextField select label={t("fields.result")} value={field.result_type ?? "number"} onChange={(event) => onChange({ result_type: event.target.value as FieldType })}>
            {results.map((type) => <MenuItem key={type} value={type}>{t(`type.${type}`)}</MenuItem>)}
          </TextField>
        </Box>
      );
    case "rollup": {
      const rollup = field.rollup ?? { object: "", field: "", measure: "count", of: null };
      const sources = (object.relations ?? []).flatMap((relation) => {
        const target = schema.byName.get(relation.object);
        return target && targetOf(fieldOf(target, relation.field) ?? field) === object.name && fieldOf(target, relation.field)?.type !== "references" ? [{ relation, target }] : [];
      });
      const source = sources.find(({ relation }) => relation.object === rollup.object && relation.field === rollup.field);
      return (
        <Box sx={{ ...pair, gridTemplateColumns: { sm: "1fr 1fr 1fr" } }}>
          <TextField select required label={t("fields.rollupOf")} value={source?.relation.name ?? ""} onChange={(event) => { const next = sources.find(({ relation }) => relation.name === event.target.value); if (next) onChange({ rollup: { ...rollup, object: next.relation.object, field: next.relation.field, of: null } }); }}>
            {sources.map(({ relation }) => <MenuItem key={relation.name} value={relation.name}>{relation.label}</MenuItem>)}
          </TextField>
          <TextField select label={t("fields.measure")} value={rollup.measure} onChange={(event) => onChange({ rollup: { ...rollup, measure: event.target.value } })}>
            {measures.map((measure) => <MenuItem key={measure} value={measure}>{t(`measure.${measure}`)}</MenuItem>)}
          </TextField>
          {rollup.measure !== "count" && (
            <TextField select required label={t("filter.field")} value={rollup.of ?? ""} onChange={(event) => onChange({ rollup: { ...rollup, of: event.target.value } })}>
              {source?.target.fields.filter((each) => (numeric.has(each.type) || each.type === "duration") && !each.system).map((each) => <MenuItem key={each.name} value={each.name}>{each.label}</MenuItem>)}
            </TextField>
          )}
        </Box>
      );
    }
    case "auto_number":
      return <TextField label={t("fields.prefix")} placeholder="C-" value={field.prefix ?? ""} disabled={exists} error={Boolean(messageOf("prefix"))} helperText={messageOf("prefix")} onChange={(event) => onChange({ prefix: event.target.value })} />;
    case "decimal":
      return <><TextField type="number" label={t("fields.scale")} value={field.scale ?? 2} disabled={exists} error={Boolean(messageOf("scale"))} helperText={messageOf("scale")} onChange={(event) => onChange({ scale: Number(event.target.value) })} slotProps={{ htmlInput: { min: 0, max: 9 } }} /><Box sx={pair}>{limit("min")}{limit("max")}</Box>{defaultInput}</>;
    default:
      if (numeric.has(field.type)) return <>{field.type !== "rating" && <Box sx={pair}>{limit("min")}{limit("max")}</Box>}{defaultInput}</>;
      if (textual.has(field.type)) return <><Box sx={pair}>{limit("max_length")}<TextField label={t("fields.pattern")} value={field.pattern ?? ""} error={Boolean(messageOf("pattern"))} helperText={messageOf("pattern") ?? t("fields.patternHelp")} onChange={(event) => onChange({ pattern: event.target.value || null })} slotProps={{ htmlInput: { spellCheck: false } }} /></Box>{defaultInput}</>;
      return targetOf(field) || field.type === "any_reference" || field.type === "json" ? null : defaultInput;
  }
}

import Box from "@mui/material/Box";
import { targetOf, valueType } from "../api/schema";
import type { Field } from "../api/types";
import { FieldInput } from "../fields/FieldInput";
import { useText } from "../i18n";
import type { Condition } from "./model";
import { PeriodInput } from "./PeriodInput";

/** What a filter compares with: an input of the field's own kind, or a list, a range, a period of them. */
export function ConditionValue({ field, condition, onChange }: { field: Field; condition: Condition; onChange: (value: unknown) => void }) {
  const t = useText();
  const input = inputField(field, condition.op, t("filter.value"));
  if (condition.op === "within") return <PeriodInput value={condition.value} onChange={onChange} />;
  if (condition.op === "between") {
    const [from, to] = Array.isArray(condition.value) ? (condition.value as unknown[]) : [];
    return (
      <Box sx={{ display: "grid", gap: 1, gridTemplateColumns: "1fr 1fr" }}>
        <FieldInput bare field={{ ...input, label: t("filter.from") }} value={from} onChange={(next) => onChange([next, to])} />
        <FieldInput bare field={{ ...input, label: t("filter.to") }} value={to} onChange={(next) => onChange([from, next])} />
      </Box>
    );
  }
  return <FieldInput bare field={input} value={condition.value} onChange={onChange} />;
}

function inputField(field: Field, op: Condition["op"], label: string): Field {
  const plain: Field = { ...field, label, type: valueType(field), required: false, description: null, read_only: false };
  if (op === "in") {
    const target = targetOf(field);
    return target ? { ...plain, type: "references", references: target } : { ...plain, type: "multi_select" };
  }
  if (plain.type === "references") return { ...plain, type: "reference" };
  if (plain.type === "multi_select") return { ...plain, type: "select" };
  const asText = ["long_text", "rich_text", "email", "phone", "url", "auto_number"].includes(plain.type);
  return asText ? { ...plain, type: "text" } : plain;
}

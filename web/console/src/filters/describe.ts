import { targetOf, type Schema } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { valueText, type TextTools } from "../fields/valueText";
import { isComplete, type Condition, type Node } from "./model";
import { choiceOf } from "./operators";
import { resolvePath } from "./paths";
import { kindOf, partsOf } from "./periods";

/** A filter in words. `nameOf` tells what a referenced record is called, where that is known. */
export function describe(node: Node, object: ObjectDef, schema: Schema, tools: TextTools, nameOf: (object: string, id: string) => string): string {
  const { t } = tools;
  const text = words(node);
  return node.negated ? t("filter.not", { filter: text }) : text;

  function words(inner: Node): string {
    switch (inner.kind) {
      case "condition": return conditionText(inner);
      case "related": {
        const relation = object.relations?.find((candidate) => candidate.name === inner.through);
        const target = schema.byName.get(relation?.object ?? "");
        const filter = target && inner.inner.items.length > 0 ? `: ${describe(inner.inner, target, schema, tools, nameOf)}` : "";
        return `${t(inner.none ? "filter.none" : "filter.any", { relation: relation?.label ?? inner.through })}${filter}`;
      }
      case "group":
        return inner.items.map((item) => (item.kind === "group" && item.items.length > 1 ? `(${describe(item, object, schema, tools, nameOf)})` : describe(item, object, schema, tools, nameOf)))
          .join(` ${t(inner.join === "or" ? "filter.or" : "filter.and")} `);
    }
  }

  function conditionText(condition: Condition): string {
    const found = resolvePath(object, condition.field, schema);
    if (!found) return `${condition.field} ${condition.op} ${JSON.stringify(condition.value)}`;
    const { field, label } = found;
    const choice = choiceOf(field, condition.op, condition.value);
    const operator = choice ? t(`op.${choice.key}` as "op.eq") : condition.op;
    if (choice?.fixed !== undefined) return `${label} ${operator}`;
    if (!isComplete(condition)) return `${label} ${operator} …`;
    if (condition.op === "within") return `${label} ${periodText(condition.value, tools)}`;
    const one = (value: unknown): string => {
      if (typeof value === "object" && value !== null && "relative" in value) return t("filter.relative", { count: Number(value.relative) });
      if (typeof value === "object" && value !== null && "me" in value) return t("filter.me");
      const target = targetOf(field);
      if (typeof value === "string" && target && field.type !== "formula") return nameOf(target, value);
      return valueText(field.type === "multi_select" ? { ...field, type: "select" } : field, value, tools);
    };
    const value = Array.isArray(condition.value) ? condition.value.map(one).join(condition.op === "between" ? " – " : ", ") : one(condition.value);
    return `${label} ${operator} ${value}`;
  }
}

export function periodText(value: unknown, { t }: TextTools): string {
  const kind = kindOf(value);
  if (!kind) return JSON.stringify(value);
  const { count, unit } = partsOf(value);
  if (kind === "last_n") return t("period.lastN", { n: count, unit: t(`unit.${unit}`, { count }) });
  if (kind === "next_n") return t("period.nextN", { n: count, unit: t(`unit.${unit}`, { count }) });
  if (kind === "to_date") return t("period.toDate", { unit: t(`unit.${unit}`, { count: 1 }) });
  return t(`period.${kind}`);
}

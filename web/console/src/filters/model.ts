import type { Filter, FilterOp } from "../api/types";

/** A filter as it is edited: groups of conditions; every `Filter` of the query language has one such form and back. */
export type Node = Condition | Group | Related;
export interface Condition { kind: "condition"; field: string; op: FilterOp; value: unknown; negated?: boolean }
export interface Group { kind: "group"; join: "and" | "or"; negated?: boolean; items: Node[] }
/** Whether any (or none) of the records on a to-many relation fulfil the inner group. */
export interface Related { kind: "related"; through: string; none: boolean; negated?: boolean; inner: Group }

export const emptyGroup = (): Group => ({ kind: "group", join: "and", items: [] });

/** A condition still being written has no value yet and does not filter. */
export function isComplete({ op, value }: Condition): boolean {
  if (op === "between") return Array.isArray(value) && value.length === 2 && value.every((bound) => bound !== null && bound !== "" && bound !== undefined);
  if (op === "in") return Array.isArray(value) && value.length > 0;
  return value !== undefined && value !== null && value !== "";
}

export function toFilter(node: Node): Filter | undefined {
  const filter = plain(node);
  return filter && node.negated ? { not: filter } : filter;
}

function plain(node: Node): Filter | undefined {
  switch (node.kind) {
    case "condition":
      return node.field && isComplete(node) ? { field: node.field, op: node.op, value: node.value } : undefined;
    case "related": {
      if (!node.through) return undefined;
      const filter = toFilter(node.inner);
      const inner = filter ? { through: node.through, filter } : { through: node.through };
      return node.none ? { none: inner } : { any: inner };
    }
    case "group": {
      const parts = node.items.map(toFilter).filter((part) => part !== undefined);
      if (parts.length === 0) return undefined;
      if (parts.length === 1 && parts[0]) return parts[0];
      return node.join === "or" ? { or: parts } : { and: parts };
    }
  }
}

export function fromFilter(filter: Filter | undefined | null): Group {
  if (!filter) return emptyGroup();
  const node = nodeOf(filter);
  return node.kind === "group" ? node : { kind: "group", join: "and", items: [node] };
}

function nodeOf(filter: Filter): Node {
  if ("and" in filter) return { kind: "group", join: "and", items: filter.and.map(nodeOf) };
  if ("or" in filter) return { kind: "group", join: "or", items: filter.or.map(nodeOf) };
  if ("not" in filter) {
    const inner = nodeOf(filter.not);
    return inner.negated ? { kind: "group", join: "and", negated: true, items: [inner] } : { ...inner, negated: true };
  }
  if ("any" in filter) return { kind: "related", through: filter.any.through, none: false, inner: fromFilter(filter.any.filter) };
  if ("none" in filter) return { kind: "related", through: filter.none.through, none: true, inner: fromFilter(filter.none.filter) };
  return { kind: "condition", field: filter.field, op: filter.op, value: filter.value };
}

/** Both filters at once; either may be absent. */
export function both(first: Filter | undefined | null, second: Filter | undefined | null): Filter | undefined {
  if (!first || !second) return first ?? second ?? undefined;
  return { and: [...("and" in first ? first.and : [first]), ...("and" in second ? second.and : [second])] };
}

export function countConditions(node: Node): number {
  if (node.kind === "condition") return isComplete(node) ? 1 : 0;
  if (node.kind === "related") return node.through ? 1 : 0;
  return node.items.reduce((sum, item) => sum + countConditions(item), 0);
}

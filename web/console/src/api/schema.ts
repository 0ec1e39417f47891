import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { get, patch, post, Problem, put, remove } from "./client";
import type { Field, ObjectDef, Rule, SchemaDoc } from "./types";

/** The definitions this person may see, with look-up by name. */
export interface Schema { revision: number; objects: ObjectDef[]; byName: Map<string, ObjectDef> }

export const schemaQuery = queryOptions({
  queryKey: ["schema"],
  queryFn: async ({ signal }): Promise<Schema> => {
    const doc = await get<SchemaDoc>("/schema", undefined, signal);
    return { ...doc, byName: new Map(doc.objects.map((object) => [object.name, object])) };
  },
  staleTime: 10 * 60_000,
});

export function useSchema(): Schema {
  return useSuspenseQuery(schemaQuery).data;
}

export function useObject(name: string): ObjectDef | undefined {
  return useSchema().byName.get(name);
}

/** Whether this person answers customers: they may change conversations. */
export const mayAnswer = (schema: Schema) => schema.byName.get("conversation")?.rights.update === true;

export const readable = (field: Field) => field.rights?.read !== false;
export const writable = (field: Field) =>
  field.rights?.write !== false && !field.read_only && !field.system && field.type !== "formula" && field.type !== "rollup" && field.type !== "auto_number";
export const fieldOf = (object: ObjectDef | undefined, name: string) => object?.fields.find((field) => field.name === name);
/** The type a value has: of a formula or roll-up, that of its result. */
export const valueType = (field: Field) => (field.type === "formula" || field.type === "rollup" ? (field.result_type ?? "number") : field.type);
/** The object a field's ids belong to. */
export function targetOf(field: Field): string | null {
  switch (field.type) {
    case "reference": case "references": return field.references ?? null;
    case "user": return "user";
    case "file": return "attachment";
    default: return null;
  }
}

export interface ObjectInput { name?: string; label: string; plural?: string; plural_label: string; also_called?: string[]; description?: string }
export const createObject = (input: ObjectInput) => define(() => post<unknown>("/schema/objects", input));
export const changeObject = (name: string, input: Partial<ObjectInput>) => define(() => patch<unknown>(`/schema/objects/${name}`, input));
export const deleteObject = (name: string) => define(() => remove<unknown>(`/schema/objects/${name}`));
export const createField = (object: string, field: Partial<Field>) => define(() => post<unknown>(`/schema/objects/${object}/fields`, field));
export const changeField = (object: string, name: string, field: Partial<Field>) => define(() => patch<unknown>(`/schema/objects/${object}/fields/${name}`, field));
export const deleteField = (object: string, name: string) => define(() => remove<unknown>(`/schema/objects/${object}/fields/${name}`));
export const putRules = (object: string, rules: Rule[]) => define(() => put<unknown>(`/schema/objects/${object}/rules`, rules));

/** Of two who define at the same moment one is refused, with nothing done; then it comes again. */
async function define<T>(change: () => Promise<T>, attempts = 4): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (attempts <= 1 || !(error instanceof Problem && error.code === "conflict")) throw error;
    return define(change, attempts - 1);
  }
}

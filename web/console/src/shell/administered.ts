import type { Schema } from "../api/schema";
import type { ObjectDef } from "../api/types";

/**
 * The objects about people and their rights, found by their shape: users, what users belong to,
 * and whatever carries grants. They are administered, not worked with, so they stand apart.
 */
export function administered(schema: Schema): ObjectDef[] {
  const user = schema.byName.get("user");
  if (!user) return [];
  const targets = user.fields.map((field) => field.references).filter((name): name is string => typeof name === "string" && name !== "user");
  return [user, ...schema.objects.filter((object) => object.name !== "user" && !object.in_navigation && object.rights.read && (object.name === "team" || targets.includes(object.name)) && object.name !== "tag")];
}

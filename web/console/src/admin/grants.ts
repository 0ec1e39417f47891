/** Rights as a role or permission set keeps them: by object, "*" for every object not named. */

export const scopes = ["none", "own", "team", "teams_below", "all"] as const;
export type Scope = (typeof scopes)[number];
export type FieldRight = "none" | "read" | "write";
export const flags = ["create", "export", "configure", "sensitive"] as const;
export const reaches = ["read", "update", "delete"] as const;

export interface Grant { create?: boolean; read?: Scope; update?: Scope; delete?: Scope; export?: boolean; configure?: boolean; sensitive?: boolean; fields?: Record<string, FieldRight> }
export type Grants = Record<string, Grant>;

export function grantsOf(value: unknown): Grants {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Grants) : {};
}

/** The same with one object's grant replaced, or taken away so that "*" applies again. */
export function withGrant(grants: Grants, object: string, grant: Grant | null): Grants {
  const others = Object.fromEntries(Object.entries(grants).filter(([name]) => name !== object));
  return grant ? { ...others, [object]: grant } : others;
}

export function withField(grant: Grant, field: string, right: FieldRight | null): Grant {
  const others = Object.fromEntries(Object.entries(grant.fields ?? {}).filter(([name]) => name !== field));
  return { ...grant, fields: right ? { ...others, [field]: right } : others };
}

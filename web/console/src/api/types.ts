/** The shapes that the REST interface speaks. Records and fields are dynamic: the schema describes them. */

export type FieldType =
  | "text" | "long_text" | "rich_text" | "email" | "phone" | "url" | "select" | "multi_select"
  | "number" | "decimal" | "percent" | "rating" | "money" | "boolean" | "date" | "datetime" | "duration"
  | "reference" | "references" | "any_reference" | "user" | "file" | "address" | "location" | "json"
  | "auto_number" | "formula" | "rollup";

export interface Money { amount: string; currency: string }
export interface AnyReference { object: string; id: string }
export interface Address { street?: string | null; city?: string | null; region?: string | null; postal_code?: string | null; country?: string | null }
export interface GeoPoint { latitude: number; longitude: number }

export interface Option { key: string; label: string; colour?: string | null; order?: number; archived?: boolean }
export interface Rollup { object: string; field: string; measure: string; of?: string | null }

export interface Field {
  id?: string;
  name: string;
  label: string;
  type: FieldType;
  description?: string | null;
  also_called?: string[];
  required?: boolean;
  unique?: boolean;
  read_only?: boolean;
  filterable?: boolean;
  sortable?: boolean;
  custom?: boolean;
  system?: boolean;
  sensitive?: boolean;
  default?: unknown;
  min?: number | null;
  max?: number | null;
  max_length?: number | null;
  pattern?: string | null;
  options?: Option[] | null;
  references?: string | null;
  formula?: string | null;
  result_type?: FieldType | null;
  rollup?: Rollup | null;
  /** Digits after the point, of an exact number. */
  scale?: number;
  /** What a running number begins with. */
  prefix?: string;
  rights?: { read: boolean; write: boolean };
}

export interface Rule { name: string; expression: string; message: string }
export interface Action { name: string; label: string; input?: Field[] }
export interface Relation { name: string; label: string; object: string; field: string }
export interface ObjectRights { create: boolean; read: boolean; update: boolean; delete: boolean; export: boolean; configure: boolean }

export interface ObjectDef {
  name: string;
  label: string;
  plural: string;
  plural_label: string;
  description?: string | null;
  also_called?: string[];
  custom?: boolean;
  extensible?: boolean;
  owned?: boolean;
  in_navigation?: boolean;
  fields: Field[];
  rules?: Rule[];
  actions?: Action[];
  relations?: Relation[];
  rights: ObjectRights;
}

export interface SchemaDoc { revision: number; objects: ObjectDef[] }

export interface RecordData {
  id: string;
  object?: string;
  name: string | null;
  version: number;
  deleted_at?: string | null;
  _names?: Record<string, string | string[] | null>;
  _possible_duplicates?: Duplicate[];
  [field: string]: unknown;
}
export interface Duplicate { id: string; name: string; score: number; reasons: string[] }
export interface Page { records: RecordData[]; next: string | null; total?: number }

export type FilterOp =
  | "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "in" | "between" | "contains" | "starts_with" | "is_empty" | "within";
export type Filter =
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { any: { through: string; filter?: Filter } }
  | { none: { through: string; filter?: Filter } }
  | { field: string; op: FilterOp; value: unknown };
export interface Sort { field: string; descending?: boolean }
export interface ListQuery { filter?: Filter; sort?: Sort[]; limit?: number; after?: string; total?: boolean; deleted?: boolean; q?: string }

export interface Aggregate {
  filter?: Filter;
  group?: { field: string; by?: string }[];
  measures: { measure: string; field?: string; of?: Filter; to?: Filter }[];
  sort?: { measure: number; descending?: boolean };
  /** Only the first so many groups, and all that tie with the last of them. */
  top?: number;
}
export interface Groups { groups: { keys: unknown[]; labels: (string | null)[]; values: unknown[]; mixed_currencies?: boolean }[]; more: boolean }

export interface Principal { kind: string; id?: string | null; name?: string | null }
export interface ChangeEvent {
  sequence: number;
  at: string;
  by: Principal;
  by_name?: string | null;
  via: string;
  kind: string;
  object: string;
  record_id: string;
  record_name?: string | null;
  version?: number | null;
  changes?: Record<string, [unknown, unknown]> | null;
  batch?: string | null;
  /** The conversation in which it happened. */
  conversation?: string | null;
  /** Who had asked for what `by` has approved. */
  asked_by?: { id: string; name: string | null };
}
export interface Events { events: ChangeEvent[]; next: number | null }

export interface Me {
  id: string;
  name: string;
  email: string;
  tenant: { id: string; name: string; slug: string; currency: string; language: string; time_zone: string };
  roles: string[];
  language: string;
  time_zone: string;
  week_start?: string | number | null;
  admin: boolean;
  abilities: string[];
}

export interface Hit { object: string; id: string; name: string; snippet?: string | null; subtitle?: string | null }

export interface SessionInfo { id: string; created_at?: string; last_seen_at?: string | null; expires_at?: string | null; user_agent?: string | null; address?: string | null; current?: boolean }
export interface ApiKey { id: string; name: string; scopes: string[]; created_at?: string; last_used_at?: string | null; expires_at?: string | null }

export interface FieldProblem { field: string; value?: unknown; code?: string; message: string; hint?: string | null }
export interface StaleChange { field: string; from: unknown; to: unknown; by?: string | Principal | null; at?: string | null }
export interface ProblemDoc {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  hint?: string | null;
  request_id?: string;
  errors?: FieldProblem[];
  changed?: StaleChange[];
  current_version?: number;
}

export type BulkOperation = { create: Record<string, unknown> } | { update: { id: string; version?: number; values: Record<string, unknown> } } | { delete: { id: string } };
export interface BulkAnswer { batch: string | null; results: { status: number; record?: RecordData; problem?: ProblemDoc }[] }

import { expect, it } from "vitest";
import type { Schema } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { pathsOf, resolvePath } from "./paths";

const rights = { create: true, read: true, update: true, delete: true, export: true, configure: true };
const object = (name: string, fields: ObjectDef["fields"]): ObjectDef => ({ name, label: name, plural: `${name}s`, plural_label: `${name}s`, fields, rights });
const deal = object("deal", [
  { name: "amount", label: "Amount", type: "money", filterable: true },
  { name: "account_id", label: "Account", type: "reference", references: "account", filterable: true },
  { name: "secret", label: "Secret", type: "text", filterable: true, rights: { read: false, write: false } },
]);
const account = object("account", [
  { name: "industry", label: "Industry", type: "text", filterable: true },
  { name: "parent_id", label: "Parent", type: "reference", references: "account" },
  { name: "settings", label: "Settings", type: "json" },
]);
const schema: Schema = { revision: 1, objects: [deal, account], byName: new Map([["deal", deal], ["account", account]]) };

it("offers own fields and those one reference away, but none that may not be read", () =>
  expect(pathsOf(deal, schema).map((path) => path.path)).toEqual(["amount", "account_id", "account.industry", "account.parent_id"]));
it("follows a path over references", () => {
  expect(resolvePath(deal, "account.industry", schema)?.label).toBe("Account › Industry");
  expect(resolvePath(deal, "account.parent.industry", schema)?.label).toBe("Account › Parent › Industry");
  expect(resolvePath(deal, "account.nothing", schema)).toBeNull();
});

import AddIcon from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { listQuery } from "../api/records";
import { fieldOf, useSchema, writable, type Schema } from "../api/schema";
import type { Filter, ObjectDef, Page, RecordData, Relation } from "../api/types";
import { FieldValue } from "../fields/FieldValue";
import { useText } from "../i18n";
import { Card } from "../ui/Card";
import { ButtonLink, Link } from "../ui/links";
import { ObjectPicture } from "../ui/ObjectPicture";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { isEmpty } from "../values/validate";
import { AddFile } from "./AddFile";
import { columnFields, defaultColumns, nameOf } from "./columns";

/**
 * The relations worth a place: what can point at anything (tasks, notes) belongs to records people work with,
 * not to users or roles. Where two carry the same label, the field tells them apart.
 */
function relationsOf(object: ObjectDef, schema: Schema): { relation: Relation; target: ObjectDef }[] {
  const found = (object.relations ?? []).flatMap((relation) => {
    const target = schema.byName.get(relation.object);
    const anything = fieldOf(target, relation.field)?.type === "any_reference";
    return target && (object.in_navigation || !anything) ? [{ relation, target }] : [];
  });
  const twice = (label: string) => found.filter(({ relation }) => relation.label === label).length > 1;
  return found.map(({ relation, target }) => ({
    target, relation: twice(relation.label) ? { ...relation, label: `${relation.label} · ${fieldOf(target, relation.field)?.label ?? relation.field}` } : relation,
  }));
}

/** What a relation's field holds when it points at this record. */
function pointer(target: ObjectDef, relation: Relation, object: ObjectDef, id: string): unknown {
  const type = fieldOf(target, relation.field)?.type;
  return type === "any_reference" ? { object: object.name, id } : type === "references" ? [id] : id;
}

function filterOf(target: ObjectDef, relation: Relation, object: ObjectDef, id: string): Filter {
  return fieldOf(target, relation.field)?.type === "references"
    ? { field: relation.field, op: "contains", value: id }
    : { field: relation.field, op: "eq", value: pointer(target, relation, object, id) };
}

/** Whether a record that refers to this one can be begun here: what belongs to somebody is not begun from that person. */
function canAdd(target: ObjectDef, relation: Relation): boolean {
  const field = fieldOf(target, relation.field);
  return target.name === "attachment" || (target.rights.create && field !== undefined && writable(field) && field.type !== "user");
}

/** The records that refer to this one, relation by relation; those without any in one last row. */
export function RelatedRecords({ object, record }: { object: ObjectDef; record: RecordData }) {
  const t = useText();
  const schema = useSchema();
  const relations = useMemo(() => relationsOf(object, schema), [object, schema]);
  const pages = useQueries({
    queries: relations.map(({ relation, target }) => listQuery(target.name, { filter: filterOf(target, relation, object, record.id), sort: [{ field: "updated_at", descending: true }], limit: 5, total: true })),
  });
  const parts = relations.map((part, index) => ({ ...part, query: pages[index] }));
  const waiting = parts.some((part) => part.query?.isPending);
  const full = parts.filter((part) => (part.query?.data?.records.length ?? 0) > 0);
  const failed = parts.find((part) => part.query?.error);
  const empty = parts.filter((part) => part.query?.data?.records.length === 0 && canAdd(part.target, part.relation));
  const addLabel = (relation: Relation, target: ObjectDef) =>
    empty.filter((part) => part.target === target).length > 1 ? `${target.label} · ${fieldOf(target, relation.field)?.label ?? relation.field}` : target.label;
  return (
    <>
      {failed?.query && <ProblemAlert error={failed.query.error} onRetry={() => void failed.query?.refetch()} />}
      {full.map(({ relation, target, query }) => query?.data && <RelatedCard key={relation.object + relation.field} relation={relation} target={target} page={query.data} object={object} record={record} />)}
      {waiting && <Waiting lines={3} />}
      {empty.length > 0 && (
        <Card title={t(full.length > 0 ? "related.more" : "related.add")}>
          <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap" }}>
            {empty.map(({ relation, target }) => <AddRelated key={relation.object + relation.field} relation={relation} target={target} object={object} record={record} label={addLabel(relation, target)} />)}
          </Box>
        </Card>
      )}
    </>
  );
}

interface RelatedProps { relation: Relation; target: ObjectDef; object: ObjectDef; record: RecordData }

function RelatedCard({ relation, target, page, object, record }: RelatedProps & { page: Page }) {
  const t = useText();
  const total = page.total ?? page.records.length;
  const fields = defaultColumns(target, page.records).flatMap((name) => columnFields(target).find((field) => field.name === name && field.name !== relation.field) ?? []).slice(0, 3);
  return (
    <Card dense title={`${relation.label} (${total}${page.next && page.total === undefined ? "+" : ""})`} actions={<AddRelated relation={relation} target={target} object={object} record={record} label={t("related.new")} />}>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {page.records.map((each) => (
          <Box component="li" key={each.id} sx={{ display: "flex", gap: 1.25, alignItems: "flex-start", px: 2, py: 1, "& + li": { borderTop: 1, borderColor: "divider" } }}>
            <ObjectPicture object={target} size={22} />
            <Box sx={{ minWidth: 0, flex: 1 }}>
              <Link to="/records/$object/$id" params={{ object: target.name, id: each.id }} sx={{ fontWeight: 600, overflowWrap: "anywhere" }}>{nameOf(each)}</Link>
              <Typography component="div" variant="caption" sx={{ color: "text.secondary", display: "flex", flexWrap: "wrap", columnGap: 1.5 }}>
                {fields.filter((field) => each[field.name] !== false && !isEmpty(each[field.name])).map((field) => <span key={field.name}>{field.label}: <FieldValue field={field} value={each[field.name]} names={each._names} /></span>)}
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
      {total > page.records.length && (
        <Box sx={{ px: 2, py: 1, borderTop: 1, borderColor: "divider" }}>
          <Link to="/records/$object" params={{ object: target.name }} search={{ filter: filterOf(target, relation, object, record.id) }}>{t("related.all", { count: total })}</Link>
        </Box>
      )}
    </Card>
  );
}

function AddRelated({ relation, target, object, record, label }: RelatedProps & { label: string }) {
  if (target.name === "attachment") return <AddFile relation={relation} object={object} record={record} />;
  if (!canAdd(target, relation)) return null;
  return (
    <ButtonLink
      startIcon={<AddIcon />} to="/records/$object/new" params={{ object: target.name }}
      search={{ values: { [relation.field]: pointer(target, relation, object, record.id) }, names: { [relation.field]: nameOf(record) } }}
    >
      {label}
    </ButtonLink>
  );
}

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useQueries } from "@tanstack/react-query";
import { listQuery } from "../api/records";
import { readable, valueType } from "../api/schema";
import type { Field, Filter, ObjectDef } from "../api/types";
import { valueText } from "../fields/valueText";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { Link } from "../ui/links";
import { ObjectPicture } from "../ui/ObjectPicture";
import { Waiting } from "../ui/Waiting";
import { nameOf } from "./columns";

/** The day a record is about: the first filterable date of its own that it does not keep by itself. */
const dueField = (object: ObjectDef): Field | undefined =>
  object.fields.find((field) => readable(field) && !field.system && !field.read_only && field.filterable && (valueType(field) === "date" || valueType(field) === "datetime") && !field.sensitive);

/** The records of these objects, as far as the filter holds, whose day is near. */
export default function DueSoon({ objects, filter }: { objects: ObjectDef[]; filter: Filter }) {
  const tools = useLocale();
  const { t } = tools;
  const dated = objects.flatMap((object) => { const field = dueField(object); return field ? [{ object, field }] : []; });
  const queries = useQueries({
    queries: dated.map(({ object, field }) => listQuery(object.name, {
      filter: { and: [filter, { field: field.name, op: "ge", value: { relative: -1, unit: "day" } }, { field: field.name, op: "le", value: { relative: 7, unit: "day" } }] },
      sort: [{ field: field.name }], limit: 5,
    })),
  });
  const rows = dated.flatMap(({ object, field }, index) => (queries[index]?.data?.records ?? []).map((record) => ({ object, field, record })))
    .sort((a, b) => String(a.record[a.field.name]).localeCompare(String(b.record[b.field.name])));
  const pending = queries.some((query) => query.isPending);
  return (
    <Card title={t("home.due")} dense>
      {pending && <Box sx={{ px: 2 }}><Waiting lines={4} /></Box>}
      {!pending && rows.length === 0 && <EmptyState title={t("home.nothingDue")} text={t("home.nothingDueText")} />}
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {rows.map(({ object, field, record }) => (
          <Box component="li" key={object.name + record.id} sx={{ display: "flex", gap: 1.25, alignItems: "center", px: 2, py: 1, "& + li": { borderTop: 1, borderColor: "divider" } }}>
            <ObjectPicture object={object} size={24} />
            <Box sx={{ flex: 1, minWidth: 0, display: "flex", flexWrap: "wrap", columnGap: 1.25, alignItems: "baseline" }}>
              <Link to="/records/$object/$id" params={{ object: object.name, id: record.id }} sx={{ flex: "1 1 8rem", minWidth: 0, fontWeight: 600, overflowWrap: "anywhere" }}>{nameOf(record)}</Link>
              <Typography variant="body2" sx={{ color: "text.secondary", whiteSpace: "nowrap" }}>{valueText(field, record[field.name], tools)}</Typography>
            </Box>
          </Box>
        ))}
      </Box>
    </Card>
  );
}

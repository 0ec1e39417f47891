import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useState } from "react";
import { readable } from "../api/schema";
import type { Field, ObjectDef, RecordData } from "../api/types";
import { FieldValue } from "../fields/FieldValue";
import { useText } from "../i18n";
import { Card } from "../ui/Card";
import { isEmpty } from "../values/validate";
import { inReadingOrder } from "./columns";
import { isGrants } from "./FormFields";

const wide = new Set(["long_text", "rich_text", "json"]);

/** All of a record's fields; empty and system ones after a click. */
export function RecordDetails({ object, record }: { object: ObjectDef; record: RecordData }) {
  const t = useText();
  const [all, setAll] = useState(false);
  const fields = inReadingOrder(object.fields).filter((field) => readable(field) && !isGrants(field) && field.name !== "id" && field.name !== "name");
  const isMinor = (field: Field) => field.system || field.name === "external_id" || isEmpty(record[field.name]);
  const main = fields.filter((field) => !isMinor(field));
  const minor = fields.filter(isMinor);
  return (
    <Card title={t("record.details")} actions={minor.length > 0 && <Button aria-expanded={all} onClick={() => setAll(!all)}>{t(all ? "record.fewerFields" : "record.allFields")}</Button>}>
      {main.length > 0 ? <Fields fields={main} record={record} /> : t("record.nothing")}
      {all && <Box sx={{ borderTop: 1, borderColor: "divider", mt: 2, pt: 2 }}><Fields fields={minor} record={record} /></Box>}
    </Card>
  );
}

function Fields({ fields, record }: { fields: Field[]; record: RecordData }) {
  return (
    <Box component="dl" sx={{ m: 0, display: "grid", gap: 2, rowGap: 1.5, gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 148px), 1fr))" }}>
      {fields.map((field) => (
        <Box key={field.name} sx={wide.has(field.type) ? { gridColumn: "1 / -1" } : {}}>
          <Box component="dt" sx={{ color: "text.secondary", fontSize: "0.75rem" }} title={field.description ?? undefined}>{field.label}</Box>
          <Box component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}><FieldValue full field={field} value={record[field.name]} names={record._names} /></Box>
        </Box>
      ))}
    </Box>
  );
}

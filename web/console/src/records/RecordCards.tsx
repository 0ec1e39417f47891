import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import Paper from "@mui/material/Paper";
import type { Field, ObjectDef, RecordData } from "../api/types";
import { FieldValue } from "../fields/FieldValue";
import { useText } from "../i18n";
import { Link } from "../ui/links";
import { nameOf } from "./columns";
import type { Selection } from "./useSelection";

/** The list on a phone: a card for each record. */
export function RecordCards({ object, fields, records, selection }: { object: ObjectDef; fields: Field[]; records: RecordData[]; selection: Selection }) {
  const t = useText();
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1 }}>
      {records.map((record) => (
        <Paper key={record.id} component="li" variant="outlined" sx={{ p: 1.25, display: "flex", gap: 0.5 }}>
          <Checkbox sx={{ alignSelf: "flex-start", p: 0.5 }} checked={selection.ids.has(record.id)} onChange={() => selection.toggle(record.id)} slotProps={{ input: { "aria-label": t("list.select", { name: nameOf(record) }) } }} />
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Link to="/records/$object/$id" params={{ object: object.name, id: record.id }} sx={{ fontWeight: 600, display: "block", py: 0.5, overflowWrap: "anywhere" }}>{nameOf(record)}</Link>
            <Box component="dl" sx={{ m: 0, display: "grid", gridTemplateColumns: "minmax(88px, 34%) 1fr", columnGap: 1, lineHeight: "24px", fontSize: "0.8125rem", "& a": { display: "inline-block", minHeight: 24 } }}>
              {fields.filter((field) => hasValue(record[field.name])).slice(0, 5).map((field) => (
                <Box key={field.name} sx={{ display: "contents" }}>
                  <Box component="dt" sx={{ color: "text.secondary" }}>{field.label}</Box>
                  <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: "anywhere" }}><FieldValue field={field} value={record[field.name]} names={record._names} /></Box>
                </Box>
              ))}
            </Box>
          </Box>
        </Paper>
      ))}
    </Box>
  );
}

const hasValue = (value: unknown) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

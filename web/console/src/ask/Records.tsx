import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useObject } from "../api/schema";
import type { ObjectDef, RecordData } from "../api/types";
import { useLocale } from "../i18n";
import { valueText } from "../fields/valueText";
import { isNumeric, nameField, nameOf } from "../records/columns";
import { Link } from "../ui/links";
import { tellingFields } from "./telling";
import { useAskText } from "./texts";
import type { Answer, Asked } from "./types";
import { useNamed } from "./useNamed";

const atOnce = 10;

/** The records of an answer: links with the most telling values. */
export function Records({ answer, live }: { answer: Answer; live: boolean }) {
  const t = useAskText();
  const object = useObject(answer.object ?? "");
  const told = answer.records ?? [];
  const total = answer.query?.limit ? Math.min(answer.query.limit, answer.total ?? told.length) : (answer.total ?? told.length);
  const [shown, setShown] = useState(atOnce);
  const records = useNamed(answer.object, told.slice(0, shown), live);
  if (told.length === 0) return <Typography>{t("records.none")}</Typography>;
  return (
    <div>
      {object ? <RecordRows object={object} records={records} label={t("records.label", { what: answer.understood })} asked={answer.query} /> : records.map((record) => <div key={record.id}>{record.name}</div>)}
      <Box sx={{ display: "flex", alignItems: "center", gap: 1, mt: 0.5, minHeight: 32 }}>
        <Typography variant="body2" sx={{ color: "text.secondary" }}>{records.length < total ? t("records.shown", { shown: records.length, total }) : t("records.found", { count: total })}</Typography>
        {shown < told.length && <Button onClick={() => setShown(shown + atOnce)}>{t("ask.more")}</Button>}
      </Box>
    </div>
  );
}

function RecordRows({ object, records, label, asked }: { object: ObjectDef; records: RecordData[]; label: string; asked: Asked | undefined }) {
  const tools = useLocale();
  const fields = tellingFields(object, records, asked);
  return (
    // Whoever has only keys can scroll it.
     
    <TableContainer tabIndex={0} role="group" aria-label={label} sx={{ border: 1, borderColor: "divider", borderRadius: 1 }}>
      <Table size="small" aria-label={label} sx={{ "& td, & th": { px: 1, py: 0.5 }, "& tr:last-child td, & tbody tr:last-child th": { borderBottom: 0 } }}>
        <TableHead>
          <TableRow>
            <TableCell>{nameField(object).label}</TableCell>
            {fields.map((field) => <TableCell key={field.name} align={isNumeric(field) ? "right" : undefined}>{field.label}</TableCell>)}
          </TableRow>
        </TableHead>
        <TableBody>
          {records.map((record) => (
            <TableRow key={record.id}>
              <TableCell component="th" scope="row" dir="auto" sx={{ minWidth: 104, maxWidth: 240, overflowWrap: "anywhere" }}>
                <Link to="/records/$object/$id" params={{ object: object.name, id: record.id }} sx={{ display: "inline-block", minHeight: 24, lineHeight: "24px" }}>{nameOf(record)}</Link>
                {typeof record.number === "string" && record.number !== record.name && <Box sx={{ color: "text.secondary", fontSize: "0.75rem" }}>{record.number}</Box>}
              </TableCell>
              {fields.map((field) => (
                <TableCell key={field.name} align={isNumeric(field) ? "right" : undefined} sx={{ maxWidth: 180, whiteSpace: isNumeric(field) ? "nowrap" : undefined, overflowWrap: "break-word" }}>
                  <bdi>{valueText(field, record[field.name], tools, record._names)}</bdi>
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

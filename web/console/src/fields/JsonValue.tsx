import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useLocale } from "../i18n";

type Row = Record<string, unknown>;

/** Structured data: a list of like things as a table, anything else as it is written. */
export default function JsonValue({ value, label }: { value: unknown; label: string }) {
  const { format } = useLocale();
  if (!isRows(value)) return <Box component="pre" tabIndex={0} role="group" aria-label={label} sx={{ m: 0, fontSize: 12, overflow: "auto", maxHeight: 240 }}>{JSON.stringify(value, null, 2)}</Box>;
  const columns = [...new Set(value.flatMap((row) => Object.keys(row)))].filter((name) => !name.endsWith("_id") && name !== "id");
  const text = (cell: unknown) => typeof cell === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(cell) ? format.dateTime(cell) : typeof cell === "string" ? cell : cell === null || cell === undefined ? "" : JSON.stringify(cell);
  return (
    <TableContainer tabIndex={0} role="group" aria-label={label}>
      <Table size="small" sx={{ width: "auto", "& td, & th": { py: 0.25, pl: 0 } }}>
        <TableHead><TableRow>{columns.map((name) => <TableCell key={name}>{heading(name)}</TableCell>)}</TableRow></TableHead>
        <TableBody>{value.map((row, index) => <TableRow key={index}>{columns.map((name) => <TableCell key={name}>{text(row[name])}</TableCell>)}</TableRow>)}</TableBody>
      </Table>
    </TableContainer>
  );
}

const heading = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

const isRows = (value: unknown): value is Row[] =>
  Array.isArray(value) && value.length > 0 && value.every((row: unknown) => typeof row === "object" && row !== null && !Array.isArray(row) && Object.values(row).every((cell) => typeof cell !== "object" || cell === null));

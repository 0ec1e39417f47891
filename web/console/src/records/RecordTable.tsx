import Checkbox from "@mui/material/Checkbox";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TableSortLabel from "@mui/material/TableSortLabel";
import { useNavigate } from "@tanstack/react-router";
import type { KeyboardEvent, MouseEvent } from "react";
import type { Field, ObjectDef, RecordData, Sort } from "../api/types";
import { FieldValue } from "../fields/FieldValue";
import { useText } from "../i18n";
import { Link } from "../ui/links";
import { isNumeric, nameField, nameOf } from "./columns";
import type { Selection } from "./useSelection";

interface RecordTableProps { object: ObjectDef; fields: Field[]; records: RecordData[]; sort: Sort[]; onSort: (sort: Sort[]) => void; selection: Selection; caption: string }

export function RecordTable({ object, fields, records, sort, onSort, selection, caption }: RecordTableProps) {
  const t = useText();
  const navigate = useNavigate();
  const columns = [nameField(object), ...fields];
  const open = (event: MouseEvent<HTMLTableRowElement>, record: RecordData) => {
    if (event.target instanceof Element && event.target.closest("a, button, input")) return;
    if (window.getSelection()?.toString()) return;
    void navigate({ to: "/records/$object/$id", params: { object: object.name, id: record.id } });
  };
  return (
    <TableContainer sx={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={caption} onKeyDown={moveBetweenRows}>
      <Table stickyHeader size="small">
        <TableHead>
          <TableRow>
            <TableCell padding="checkbox">
              <Checkbox
                checked={records.length > 0 && selection.ids.size === records.length} indeterminate={selection.ids.size > 0 && selection.ids.size < records.length}
                onChange={(event) => selection.replace(event.target.checked ? records.map((record) => record.id) : [])}
                slotProps={{ input: { "aria-label": t("list.selectAll") } }}
              />
            </TableCell>
            {columns.map((field) => <HeaderCell key={field.name} field={field} sort={sort} onSort={onSort} />)}
          </TableRow>
        </TableHead>
        <TableBody>
          {records.map((record) => (
            <TableRow key={record.id} hover selected={selection.ids.has(record.id)} onClick={(event) => open(event, record)} sx={{ cursor: "pointer" }}>
              <TableCell padding="checkbox">
                <Checkbox checked={selection.ids.has(record.id)} onChange={() => selection.toggle(record.id)} slotProps={{ input: { "aria-label": t("list.select", { name: nameOf(record) }) } }} />
              </TableCell>
              <TableCell component="th" scope="row" sx={{ fontWeight: 600, maxWidth: 280 }}>
                <Link to="/records/$object/$id" params={{ object: object.name, id: record.id }} data-row-link noWrap sx={{ display: "block", lineHeight: "24px" }}>{nameOf(record)}</Link>
              </TableCell>
              {fields.map((field) => (
                <TableCell key={field.name} align={isNumeric(field) ? "right" : "left"} sx={{ maxWidth: 260, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>
                  <FieldValue field={field} value={record[field.name]} names={record._names} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function HeaderCell({ field, sort, onSort }: { field: Field; sort: Sort[]; onSort: (sort: Sort[]) => void }) {
  const current = sort.find((by) => by.field === field.name);
  const direction = current?.descending ? "desc" : "asc";
  const next = (): Sort[] => (!current ? [{ field: field.name }] : !current.descending ? [{ field: field.name, descending: true }] : []);
  return (
    <TableCell align={isNumeric(field) ? "right" : "left"} sortDirection={current ? direction : false}>
      {field.sortable ? <TableSortLabel active={Boolean(current)} direction={direction} onClick={() => onSort(next())}>{field.label}</TableSortLabel> : field.label}
    </TableCell>
  );
}

/** Up and down go from one row's link to the next. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at < 0 ? 0 : at + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) { event.preventDefault(); next.focus(); }
}

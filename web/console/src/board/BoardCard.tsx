import { useDraggable } from "@dnd-kit/core";
import DragIcon from "@mui/icons-material/DragIndicator";
import MoreIcon from "@mui/icons-material/MoreVert";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import ListSubheader from "@mui/material/ListSubheader";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Paper from "@mui/material/Paper";
import { useState } from "react";
import { readable } from "../api/schema";
import type { Field, ObjectDef, RecordData } from "../api/types";
import { valueText } from "../fields/valueText";
import { useLocale } from "../i18n";
import { defaultColumns, nameOf } from "../records/columns";
import { Link } from "../ui/links";
import type { Column } from "./useColumns";

interface BoardCardProps { object: ObjectDef; field: Field; record: RecordData; column: Column; columns: Column[]; onMove: (column: Column) => void; waiting: boolean }

/** A record on the board: dragged by mouse or touch anywhere, by keyboard from its handle, or moved from its menu. */
export function BoardCard({ object, field, record, column, columns, onMove, waiting }: BoardCardProps) {
  const { t } = useLocale();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, isDragging } = useDraggable({ id: record.id, data: record, disabled: !object.rights.update || waiting });
  return (
    <Box component="li" ref={setNodeRef} {...listeners} sx={{ opacity: isDragging ? 0.35 : waiting ? 0.6 : 1, cursor: object.rights.update ? "grab" : "default", touchAction: "manipulation" }}>
      <CardBody
        object={object} field={field} record={record}
        controls={object.rights.update && (
          <>
            <IconButton ref={setActivatorNodeRef} {...attributes} aria-label={t("board.drag", { name: nameOf(record) })} sx={{ p: 0.25, cursor: "grab" }}><DragIcon sx={{ fontSize: 18 }} /></IconButton>
            <IconButton aria-label={t("board.moveMenu", { name: nameOf(record) })} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)} sx={{ p: 0.25 }}><MoreIcon sx={{ fontSize: 18 }} /></IconButton>
          </>
        )}
      />
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        <ListSubheader role="presentation" sx={{ lineHeight: 2.2 }}>{t("board.moveTo")}</ListSubheader>
        {columns.map((next) => <MenuItem key={next.key} selected={next.key === column.key} disabled={next.key === column.key} onClick={() => { setAnchor(null); onMove(next); }}>{next.label}</MenuItem>)}
      </Menu>
    </Box>
  );
}

interface CardBodyProps { object: ObjectDef; field: Field; record: RecordData; controls?: React.ReactNode; lifted?: boolean }

export function CardBody({ object, field, record, controls, lifted }: CardBodyProps) {
  const tools = useLocale();
  const lines = defaultColumns(object).filter((name) => name !== field.name && name !== "owner_id")
    .flatMap((name) => object.fields.find((candidate) => candidate.name === name && readable(candidate)) ?? [])
    .map((candidate) => ({ field: candidate, text: valueText(candidate, record[candidate.name], tools, record._names) })).filter(({ text }) => text).slice(0, 3);
  const owner = record._names?.owner_id;
  return (
    <Paper variant="outlined" sx={{ p: 1.25, boxShadow: lifted ? 8 : 0, transform: lifted ? "rotate(1.5deg)" : undefined }}>
      <Box sx={{ display: "flex", alignItems: "flex-start", gap: 0.25 }}>
        <Link to="/records/$object/$id" params={{ object: object.name, id: record.id }} draggable={false} sx={{ fontWeight: 600, flex: 1, minWidth: 0, overflowWrap: "anywhere", lineHeight: 1.4 }}>{nameOf(record)}</Link>
        {controls}
      </Box>
      <Box sx={{ fontSize: "0.8125rem", color: "text.secondary", mt: 0.5, display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 0.25, overflowWrap: "anywhere" }}>
        {lines.filter(({ field: shown }) => shown.type === "money").map(({ field: shown, text }) => <Box key={shown.name} title={shown.label} sx={{ color: "text.primary", fontWeight: 600, fontVariantNumeric: "tabular-nums" }}>{text}</Box>)}
        <Box>{lines.filter(({ field: shown }) => shown.type !== "money").map(({ text }) => text).join(" · ")}</Box>
        {typeof owner === "string" && <Box>{owner}</Box>}
      </Box>
    </Paper>
  );
}

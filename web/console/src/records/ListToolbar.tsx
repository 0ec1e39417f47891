import FilterIcon from "@mui/icons-material/FilterList";
import SearchIcon from "@mui/icons-material/Search";
import TableRowsIcon from "@mui/icons-material/TableRows";
import ViewColumnIcon from "@mui/icons-material/ViewColumnOutlined";
import ViewKanbanIcon from "@mui/icons-material/ViewKanbanOutlined";
import Badge from "@mui/material/Badge";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import InputAdornment from "@mui/material/InputAdornment";
import TextField from "@mui/material/TextField";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useSchema } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { boardFields } from "../board/columns";
import { countConditions, fromFilter } from "../filters/model";
import { useText } from "../i18n";
import { useShortcut } from "../shell/shortcuts";
import { ButtonLink } from "../ui/links";
import { ViewMenu } from "../views/ViewMenu";
import type { ListState } from "./useListState";

interface ListToolbarProps { object: ObjectDef; state: ListState; as: "table" | "board"; onFilter: () => void; onColumns?: () => void; children?: ReactNode }

export function ListToolbar({ object, state, as, onFilter, onColumns, children }: ListToolbarProps) {
  const t = useText();
  const schema = useSchema();
  const { search } = state;
  return (
    <Box role="search" aria-label={t("list.toolbar", { objects: object.plural_label })} sx={{ display: "flex", gap: 0.5, rowGap: 1.25, alignItems: "center", flexWrap: "wrap", mb: 1.5 }}>
      <ViewMenu object={object} state={state} />
      <QuickSearch label={t("list.search", { objects: object.plural_label })} value={state.q} onChange={(q) => state.set({ q: q || undefined })} />
      <Badge badgeContent={countConditions(fromFilter(state.filter))} color="primary" overlap="rectangular" sx={{ "& .MuiBadge-badge": { right: 4, top: 4 } }}>
        <Button color="inherit" startIcon={<FilterIcon />} onClick={onFilter} aria-keyshortcuts="f">{t("filter.open")}</Button>
      </Badge>
      {onColumns && <Button color="inherit" startIcon={<ViewColumnIcon />} onClick={onColumns} sx={{ display: { xs: "none", md: "inline-flex" } }}>{t("columns.open")}</Button>}
      {children}
      <Box sx={{ flex: 1 }} />
      {boardFields(object, schema).length > 0 && (
        <Box role="group" aria-label={t("list.shownAs")} sx={{ display: "flex", border: 1, borderColor: "divider", borderRadius: 2 }}>
          <ButtonLink to="/records/$object" params={{ object: object.name }} search={search} color={as === "table" ? "primary" : "inherit"} aria-current={as === "table" ? "true" : undefined} startIcon={<TableRowsIcon />}>{t("list.table")}</ButtonLink>
          <ButtonLink to="/records/$object/board" params={{ object: object.name }} search={search} color={as === "board" ? "primary" : "inherit"} aria-current={as === "board" ? "true" : undefined} startIcon={<ViewKanbanIcon />}>{t("list.board")}</ButtonLink>
        </Box>
      )}
    </Box>
  );
}

function QuickSearch({ label, value, onChange }: { label: string; value: string; onChange: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  if (value !== seen) { setSeen(value); setTyped(value); }
  useShortcut("/", () => input.current?.focus());
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextField
      type="search" placeholder={label} value={typed} onChange={(event) => setTyped(event.target.value)} inputRef={input}
      sx={{ flex: { xs: "1 1 200px", sm: "none" }, width: { xs: "auto", sm: 240 } }}
      slotProps={{ htmlInput: { "aria-label": label }, input: { startAdornment: <InputAdornment position="start"><SearchIcon fontSize="small" /></InputAdornment> } }}
    />
  );
}

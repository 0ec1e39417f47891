import ArrowDownIcon from "@mui/icons-material/ArrowDownward";
import ArrowUpIcon from "@mui/icons-material/ArrowUpward";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControlLabel from "@mui/material/FormControlLabel";
import IconButton from "@mui/material/IconButton";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import { useId, useState } from "react";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { columnFields, defaultColumns, inReadingOrder } from "./columns";

interface ColumnDialogProps { object: ObjectDef; columns: string[]; onApply: (columns: string[]) => void; onClose: () => void }

export default function ColumnDialog({ object, columns, onApply, onClose }: ColumnDialogProps) {
  const t = useText();
  const id = useId();
  const [chosen, setChosen] = useState(columns);
  const all = inReadingOrder(columnFields(object));
  const ordered = [...chosen.flatMap((name) => all.find((field) => field.name === name) ?? []), ...all.filter((field) => !chosen.includes(field.name))];
  const move = (name: string, by: number) => {
    const at = chosen.indexOf(name);
    const next = chosen.filter((other) => other !== name);
    next.splice(at + by, 0, name);
    setChosen(next);
  };
  return (
    <Dialog open onClose={onClose} maxWidth="xs" aria-labelledby={id}>
      <DialogTitle id={id}>{t("columns.title")}</DialogTitle>
      <DialogContent dividers>
        <List dense disablePadding>
          {ordered.map((field) => {
            const at = chosen.indexOf(field.name);
            return (
              <ListItem key={field.name} disableGutters disablePadding>
                <FormControlLabel
                  sx={{ flex: 1 }} label={field.label}
                  control={<Checkbox checked={at >= 0} onChange={(event) => setChosen(event.target.checked ? [...chosen, field.name] : chosen.filter((name) => name !== field.name))} />}
                />
                {at >= 0 && (
                  <>
                    <IconButton aria-label={t("columns.up", { field: field.label })} disabled={at === 0} onClick={() => move(field.name, -1)}><ArrowUpIcon fontSize="small" /></IconButton>
                    <IconButton aria-label={t("columns.down", { field: field.label })} disabled={at === chosen.length - 1} onClick={() => move(field.name, 1)}><ArrowDownIcon fontSize="small" /></IconButton>
                  </>
                )}
              </ListItem>
            );
          })}
        </List>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => setChosen(defaultColumns(object))} sx={{ mr: "auto" }}>{t("columns.reset")}</Button>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button variant="contained" onClick={() => { onApply(chosen); onClose(); }}>{t("filter.apply")}</Button>
      </DialogActions>
    </Dialog>
  );
}

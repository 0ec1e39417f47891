import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useId } from "react";
import type { Problem } from "../api/client";
import { fieldOf } from "../api/schema";
import type { ObjectDef, StaleChange } from "../api/types";
import { valueText } from "../fields/valueText";
import { useLocale } from "../i18n";

interface StaleDialogProps { object: ObjectDef; problem: Problem; mine: Record<string, unknown>; onReload: () => void; onOverwrite: (version: number) => void; onClose: () => void }

/** Somebody else changed the record meanwhile: shows what, and asks whose change shall stand. */
export default function StaleDialog({ object, problem, mine, onReload, onOverwrite, onClose }: StaleDialogProps) {
  const tools = useLocale();
  const { t, format } = tools;
  const id = useId();
  const { changed = [], current_version } = problem.doc;
  const text = (name: string, value: unknown) => {
    const field = fieldOf(object, name);
    return (field ? valueText(field, value, tools) : typeof value === "string" ? value : JSON.stringify(value)) || "–";
  };
  return (
    <Dialog open onClose={onClose} maxWidth="md" aria-labelledby={id}>
      <DialogTitle id={id}>{t("stale.title")}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{t("stale.text")}</DialogContentText>
        {changed.length > 0 && (
          <Table size="small">
            <TableHead><TableRow><TableCell>{t("stale.field")}</TableCell><TableCell>{t("stale.before")}</TableCell><TableCell>{t("stale.now")}</TableCell><TableCell>{t("stale.yours")}</TableCell></TableRow></TableHead>
            <TableBody>
              {changed.map((change, index) => (
                <TableRow key={index}>
                  <TableCell component="th" scope="row">
                    {fieldOf(object, change.field)?.label ?? change.field}
                    <br /><small>{[byName(change), change.at ? format.ago(change.at) : ""].filter(Boolean).join(", ")}</small>
                  </TableCell>
                  <TableCell>{text(change.field, change.from)}</TableCell>
                  <TableCell>{text(change.field, change.to)}</TableCell>
                  <TableCell>{change.field in mine ? text(change.field, mine[change.field]) : t("stale.unchanged")}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} sx={{ mr: "auto" }}>{t("stale.keepEditing")}</Button>
        <Button onClick={onReload}>{t("stale.reload")}</Button>
        {current_version !== undefined && <Button variant="contained" color="warning" onClick={() => onOverwrite(current_version)}>{t("stale.overwrite")}</Button>}
      </DialogActions>
    </Dialog>
  );
}

const byName = ({ by }: StaleChange) => (typeof by === "string" ? by : (by?.name ?? ""));

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import { useId } from "react";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { nameOf } from "../records/columns";
import { FormFields } from "../records/FormFields";
import { useRecordForm } from "../records/useRecordForm";
import type { Asking } from "./useMove";

interface MoveDialogProps { object: ObjectDef; asking: Asking; pending: boolean; onConfirm: (values: Record<string, unknown>) => void; onClose: () => void }

/** Asks for what a move still needs, such as why a deal was lost. */
export function MoveDialog({ asking, pending, onConfirm, onClose }: MoveDialogProps) {
  const t = useText();
  const id = useId();
  const { record, column, fields, problem } = asking;
  const form = useRecordForm(fields, Object.fromEntries(fields.map((field) => [field.name, record[field.name] ?? null])));
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (form.check()) onConfirm(form.values); }}>
        <DialogTitle id={id}>{t("board.moveTitle", { name: nameOf(record), column: column.label })}</DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>{t("board.moveText", { column: column.label })}</DialogContentText>
          {problem?.errors?.map((error) => <Alert key={error.field} severity="error" sx={{ mb: 1.5 }}>{error.message}</Alert>)}
          <FormFields fields={fields} form={form} names={record._names} focusFirst />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="contained" loading={pending}>{t("board.move")}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useId, useState } from "react";
import { writable } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { FieldInput } from "../fields/FieldInput";
import { useText } from "../i18n";

interface BulkEditDialogProps { object: ObjectDef; count: number; pending: boolean; onApply: (values: Record<string, unknown>) => void; onClose: () => void }

export default function BulkEditDialog({ object, count, pending, onApply, onClose }: BulkEditDialogProps) {
  const t = useText();
  const id = useId();
  const fields = object.fields.filter((field) => (writable(field) || field.name === "owner_id") && !field.unique && field.type !== "file");
  const [name, setName] = useState("");
  const [value, setValue] = useState<unknown>(null);
  const field = fields.find((candidate) => candidate.name === name);
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (field) onApply({ [field.name]: value }); }}>
        <DialogTitle id={id}>{t("bulk.editTitle", { count })}</DialogTitle>
        <DialogContent sx={{ display: "grid", gap: 2, pt: "8px !important" }}>
          <TextField select autoFocus label={t("filter.field")} value={name} onChange={(event) => { setName(event.target.value); setValue(null); }}>
            {fields.map((candidate) => <MenuItem key={candidate.name} value={candidate.name}>{candidate.label}</MenuItem>)}
          </TextField>
          {field && <FieldInput key={name} bare field={field} value={value} onChange={setValue} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="contained" disabled={!field} loading={pending}>{t("bulk.apply", { count })}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControlLabel from "@mui/material/FormControlLabel";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { createRecord } from "../api/records";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { ProblemAlert } from "../ui/ProblemAlert";
import type { ViewDefinition } from "./api";

interface SaveViewDialogProps { object: ObjectDef; definition: ViewDefinition; onClose: () => void; onSaved: (id: string) => Promise<void> }

export function SaveViewDialog({ object, definition, onClose, onSaved }: SaveViewDialogProps) {
  const t = useText();
  const id = useId();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const save = useMutation({
    mutationFn: () => createRecord("saved_view", { name: name.trim(), object: object.name, shared, definition }, key),
    onSuccess: async (record) => { await onSaved(record.id); onClose(); },
  });
  return (
    <Dialog open onClose={onClose} maxWidth="xs" aria-labelledby={id}>
      <form onSubmit={(event) => { event.preventDefault(); if (name.trim()) save.mutate(); }}>
        <DialogTitle id={id}>{t("view.saveAs")}</DialogTitle>
        <DialogContent>
          <TextField autoFocus required label={t("view.name")} value={name} onChange={(event) => setName(event.target.value)} sx={{ my: 1 }} />
          <FormControlLabel control={<Switch checked={shared} onChange={(event) => setShared(event.target.checked)} />} label={t("view.share")} />
          {save.error && <ProblemAlert error={save.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="contained" loading={save.isPending} disabled={!name.trim()}>{t("action.save")}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

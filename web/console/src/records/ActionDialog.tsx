import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { runAction } from "../api/records";
import type { Action, ObjectDef, RecordData } from "../api/types";
import { useText } from "../i18n";
import { useNotify } from "../ui/notify";
import { isInvalid } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { nameOf } from "./columns";
import { FormFields } from "./FormFields";
import { useRecordForm } from "./useRecordForm";

/** Asks for an action's input, if it takes any, and does it. */
export default function ActionDialog({ object, record, action, onClose }: { object: ObjectDef; record: RecordData; action: Action; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const notify = useNotify();
  const client = useQueryClient();
  const fields = action.input ?? [];
  const form = useRecordForm(fields, Object.fromEntries(fields.map((field) => [field.name, field.default ?? null])));
  const run = useMutation({
    mutationFn: () => runAction(object.name, record.id, action.name, Object.fromEntries(Object.entries(form.values).filter(([, value]) => value !== null && value !== ""))),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["records"] });
      notify(t("record.acted", { action: action.label, name: nameOf(record) }));
      onClose();
    },
    onError: (error) => { if (isInvalid(error)) form.refuse(error); },
  });
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (form.check()) run.mutate(); }}>
        <DialogTitle id={id}>{action.label}: {nameOf(record)}</DialogTitle>
        <DialogContent sx={{ pt: "8px !important" }}>
          {fields.length > 0 ? <FormFields fields={fields} form={form} focusFirst /> : t("record.actText")}
          {run.error && !(isInvalid(run.error) && form.otherErrors.length === 0 && run.error.doc.errors?.length) && <ProblemAlert error={run.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="contained" loading={run.isPending}>{action.label}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

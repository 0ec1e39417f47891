import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { createRecord, recordsKey, updateRecord } from "../api/records";
import type { ObjectDef, RecordData } from "../api/types";
import { FormFields } from "../records/FormFields";
import { useRecordForm } from "../records/useRecordForm";
import { useNotify } from "../ui/notify";
import { isInvalid } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { useIntentText } from "./texts";

/** What goes with what the bot does. */
const needed: Record<string, (field: string) => boolean> = {
  answer: (field) => field.startsWith("answer_"),
  ask: (field) => field.startsWith("answer_"),
  article: (field) => field === "article_id" || field.startsWith("answer_"),
  hand_over: (field) => field === "team_id" || field.startsWith("answer_"),
  look_up: () => false,
};
const always = new Set(["name", "action", "description", "is_active"]);

/** A new intent, or one that is changed: only what goes with what the bot does is asked. */
export function IntentDialog({ object, intent, onClose }: { object: ObjectDef; intent?: RecordData; onClose: (saved?: RecordData) => void }) {
  const t = useIntentText();
  const id = useId();
  const notify = useNotify();
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const own = object.fields.filter((field) => !field.system && field.name !== "external_id");
  const form = useRecordForm(own, intent ?? Object.fromEntries(own.map((field) => [field.name, field.default ?? null])));
  const action = typeof form.values.action === "string" ? form.values.action : "answer";
  const fields = own.filter((field) => always.has(field.name) || needed[action]?.(field.name));
  const save = useMutation({
    mutationFn: () => (intent ? updateRecord("intent", intent.id, intent.version, form.changes) : createRecord("intent", given(form.values), key)),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: recordsKey("intent") });
      notify(t("intents.saved", { name: saved.name ?? "" }));
      onClose(saved);
    },
    onError: (error) => { if (isInvalid(error)) form.refuse(error); },
  });
  return (
    <Dialog open onClose={() => onClose()} aria-labelledby={id} fullWidth maxWidth="sm">
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (form.check()) save.mutate(); }}>
        <DialogTitle id={id}>{intent ? t("intents.edit", { name: intent.name ?? "" }) : t("intents.new")}</DialogTitle>
        <DialogContent sx={{ pt: "8px !important" }}>
          <FormFields fields={fields} form={form} names={intent?._names} focusFirst />
          {save.error && !(isInvalid(save.error) && form.otherErrors.length === 0 && save.error.doc.errors?.length) && <ProblemAlert error={save.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={() => onClose()}>{t("action.cancel")}</Button>
          <Button type="submit" variant="contained" loading={save.isPending}>{t("action.save")}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const given = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ""));

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControlLabel from "@mui/material/FormControlLabel";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { changeField, createField, schemaQuery } from "../api/schema";
import type { Field, FieldType, ObjectDef } from "../api/types";
import { useAdminText } from "./texts";
import { useNotify } from "../ui/notify";
import { isInvalid } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { fieldChange, fieldInput, fieldTypes, flagsFor } from "./fieldInput";
import { nameFrom, words } from "./names";
import { TypeSettings } from "./TypeSettings";

/** Adds a field, or changes one; its type and name stay once it exists. */
export function FieldDialog({ object, field, onClose }: { object: ObjectDef; field?: Field; onClose: () => void }) {
  const t = useAdminText();
  const id = useId();
  const notify = useNotify();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Field>(field ?? { name: "", label: "", type: "text" });
  const [also, setAlso] = useState(field?.also_called?.join(", ") ?? "");
  const set = (change: Partial<Field>) => setDraft({ ...draft, ...change });
  const suffix = draft.type === "reference" || draft.type === "user" || draft.type === "any_reference" ? "_id" : draft.type === "references" ? "_ids" : "";
  const ownName = draft.name || (draft.label ? nameFrom(draft.label) + suffix : "");
  const save = useMutation({
    mutationFn: () => {
      const wanted = { ...draft, name: ownName, also_called: words(also) };
      return field ? changeField(object.name, field.name, fieldChange(field, wanted)) : createField(object.name, fieldInput(wanted));
    },
    onSuccess: async () => { await client.refetchQueries({ queryKey: schemaQuery.queryKey }); notify(t("fields.saved", { field: draft.label })); onClose(); },
  });
  const problems = isInvalid(save.error) ? (save.error.doc.errors ?? []) : [];
  const messageOf = (name: string) => problems.find((problem) => problem.field === name)?.message;
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <DialogTitle id={id}>{field ? t("fields.edit", { field: field.label }) : t("fields.new")}</DialogTitle>
        <DialogContent sx={{ display: "grid", gap: 2, pt: "8px !important" }}>
          <TextField autoFocus required label={t("fields.label")} value={draft.label} error={Boolean(messageOf("label"))} helperText={messageOf("label")} onChange={(event) => set({ label: event.target.value })} />
          <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" } }}>
            <TextField select label={t("fields.type")} value={draft.type} disabled={Boolean(field)} onChange={(event) => set({ type: event.target.value as FieldType, options: undefined, default: null })}>
              {fieldTypes.map((type) => <MenuItem key={type} value={type}>{t(`type.${type}`)}</MenuItem>)}
            </TextField>
            <TextField label={t("fields.name")} value={ownName} disabled={Boolean(field)} error={Boolean(messageOf("name"))} helperText={messageOf("name")} onChange={(event) => set({ name: event.target.value })} slotProps={{ htmlInput: { spellCheck: false, pattern: "[a-z][a-z0-9_]*" } }} />
          </Box>
          <TypeSettings object={object} field={draft} onChange={set} messageOf={messageOf} exists={Boolean(field)} />
          <TextField label={t("fields.description")} helperText={t("fields.descriptionHelp")} value={draft.description ?? ""} onChange={(event) => set({ description: event.target.value || null })} />
          <TextField label={t("objects.also")} helperText={t("objects.alsoHelp")} value={also} onChange={(event) => setAlso(event.target.value)} />
          <Box>
            {flagsFor(draft.type).filter((flag) => !field || flag !== "unique").map((flag) => (
              <FormControlLabel key={flag} control={<Checkbox checked={draft[flag] ?? flag === "filterable"} onChange={(event) => set({ [flag]: event.target.checked })} />} label={t(`fields.${flag}`)} />
            ))}
          </Box>
          {save.error && !problems.some((problem) => problem.field === "label" || problem.field === "name") && <ProblemAlert error={save.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="contained" loading={save.isPending} disabled={!draft.label.trim() || !ownName}>{t("action.save")}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import TextField from "@mui/material/TextField";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { changeObject, createObject, schemaQuery } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { useAdminText } from "./texts";
import { isInvalid } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { nameFrom, words } from "./names";

/** Defines an object, or changes what one is called. */
export function ObjectDialog({ object, onClose }: { object?: ObjectDef; onClose: () => void }) {
  const t = useAdminText();
  const id = useId();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [label, setLabel] = useState(object?.label ?? "");
  const [pluralLabel, setPluralLabel] = useState(object?.plural_label ?? "");
  const [name, setName] = useState(object?.name ?? "");
  const [also, setAlso] = useState(object?.also_called?.join(", ") ?? "");
  const [description, setDescription] = useState(object?.description ?? "");
  const ownName = name || nameFrom(label);
  const save = useMutation({
    mutationFn: () => {
      const common = { label: label.trim(), plural_label: pluralLabel.trim(), also_called: words(also), description: description.trim() };
      if (object) return changeObject(object.name, common);
      const plural = nameFrom(pluralLabel);
      return createObject({ ...common, name: ownName, ...(plural && plural !== ownName ? { plural } : {}) });
    },
    onSuccess: async () => {
      await client.refetchQueries({ queryKey: schemaQuery.queryKey });
      onClose();
      if (!object) await navigate({ to: "/admin/objects/$object", params: { object: ownName } });
    },
  });
  const problems = isInvalid(save.error) ? (save.error.doc.errors ?? []) : [];
  const messageOf = (field: string) => problems.find((problem) => problem.field === field)?.message;
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <DialogTitle id={id}>{object ? t("objects.edit", { object: object.label }) : t("objects.new")}</DialogTitle>
        <DialogContent sx={{ display: "grid", gap: 2, pt: "8px !important" }}>
          <TextField autoFocus required label={t("objects.label")} helperText={messageOf("label") ?? t("objects.labelHelp")} error={Boolean(messageOf("label"))} value={label} onChange={(event) => setLabel(event.target.value)} />
          <TextField required label={t("objects.plural")} helperText={messageOf("plural_label") ?? messageOf("plural")} error={Boolean(messageOf("plural_label") ?? messageOf("plural"))} value={pluralLabel} onChange={(event) => setPluralLabel(event.target.value)} />
          {!object && <TextField label={t("objects.name")} helperText={messageOf("name") ?? t("objects.nameHelp")} error={Boolean(messageOf("name"))} value={ownName} onChange={(event) => setName(event.target.value)} slotProps={{ htmlInput: { pattern: "[a-z][a-z0-9_]*", spellCheck: false } }} />}
          <TextField label={t("objects.also")} helperText={messageOf("also_called") ?? t("objects.alsoHelp")} value={also} onChange={(event) => setAlso(event.target.value)} />
          <TextField label={t("objects.description")} value={description} onChange={(event) => setDescription(event.target.value)} multiline minRows={2} />
          {save.error && !problems.some((problem) => ["label", "plural", "plural_label", "name", "also_called"].includes(problem.field)) && <ProblemAlert error={save.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="contained" loading={save.isPending} disabled={!label.trim() || !pluralLabel.trim()}>{t("action.save")}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

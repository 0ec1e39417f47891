import AddIcon from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { FieldDialog } from "../admin/FieldDialog";
import { FieldTable } from "../admin/FieldTable";
import { ObjectDialog } from "../admin/ObjectDialog";
import { RulesCard } from "../admin/RulesCard";
import { deleteField, deleteObject, schemaQuery, useObject } from "../api/schema";
import type { Field, ObjectDef } from "../api/types";
import { useAdminText } from "../admin/texts";
import { Card } from "../ui/Card";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { ButtonLink } from "../ui/links";
import { NotFound } from "../ui/NotFound";
import { useNotify, useReportProblem } from "../ui/notify";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";

export function ObjectPage() {
  const { object: name } = useParams({ from: "/app/admin/objects/$object" });
  const object = useObject(name);
  return object ? <Definition key={name} object={object} /> : <NotFound />;
}

type Open = { kind: "object" } | { kind: "field"; field?: Field } | { kind: "deleteField"; field: Field } | { kind: "deleteObject" } | null;

function Definition({ object }: { object: ObjectDef }) {
  const t = useAdminText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const report = useReportProblem();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const refresh = () => client.refetchQueries({ queryKey: schemaQuery.queryKey });
  const removeField = useMutation({ mutationFn: (field: Field) => deleteField(object.name, field.name), onSuccess: async (_, field) => { await refresh(); notify(t("fields.deleted", { field: field.label })); }, onError: report });
  const removeObject = useMutation({ mutationFn: () => deleteObject(object.name), onSuccess: async () => { await navigate({ to: "/admin/objects" }); await refresh(); notify(t("objects.deleted", { object: object.plural_label })); }, onError: report });
  const configurable = object.rights.configure;
  return (
    <Box sx={{ maxWidth: 1100, mx: "auto" }}>
      <PageHeader title={object.plural_label} picture={<ObjectPicture object={object} size={40} />} subtitle={<><code>{object.name}</code>{object.description ? ` · ${object.description}` : ""}</>}>
        <ButtonLink to="/records/$object" params={{ object: object.name }}>{t("objects.records")}</ButtonLink>
        {configurable && object.custom && <Button variant="outlined" onClick={() => setOpen({ kind: "object" })}>{t("action.edit")}</Button>}
        {configurable && object.custom && <Button color="error" onClick={() => setOpen({ kind: "deleteObject" })}>{t("action.delete")}</Button>}
      </PageHeader>
      <Card dense title={t("fields.title")} actions={configurable && object.extensible !== false && <Button variant="contained" startIcon={<AddIcon />} onClick={() => setOpen({ kind: "field" })}>{t("fields.new")}</Button>}>
        <FieldTable object={object} editable={configurable} onEdit={(field) => setOpen({ kind: "field", field })} onDelete={(field) => setOpen({ kind: "deleteField", field })} />
      </Card>
      <RulesCard key={JSON.stringify(object.rules)} object={object} editable={configurable && object.extensible !== false} />
      {open?.kind === "object" && <ObjectDialog object={object} onClose={close} />}
      {open?.kind === "field" && <FieldDialog object={object} field={open.field} onClose={close} />}
      <ConfirmDialog
        open={open?.kind === "deleteField"} danger title={t("fields.deleteTitle", { field: open?.kind === "deleteField" ? open.field.label : "" })} text={t("fields.deleteText")} confirm={t("action.delete")}
        onClose={close} onConfirm={() => { if (open?.kind === "deleteField") removeField.mutate(open.field); close(); }}
      />
      <ConfirmDialog
        open={open?.kind === "deleteObject"} danger title={t("objects.deleteTitle", { object: object.plural_label })} text={t("objects.deleteText")} confirm={t("action.delete")}
        onClose={close} onConfirm={() => { removeObject.mutate(); close(); }}
      />
    </Box>
  );
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { createRecord, deleteRecord, recordsKey } from "../api/records";
import { useObject, writable } from "../api/schema";
import { useMe } from "../api/session";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { inReadingOrder, nameOf } from "../records/columns";
import { RecordFormPage } from "../records/RecordFormPage";
import { useRecordForm } from "../records/useRecordForm";
import { NotFound } from "../ui/NotFound";
import { useNotify } from "../ui/notify";
import { isInvalid } from "../ui/problem";
import { changedValues } from "../values/validate";

export function RecordNewPage() {
  const { object: name } = useParams({ from: "/app/records/$object/new" });
  const object = useObject(name);
  return object?.rights.create ? <NewRecord key={name} object={object} /> : <NotFound />;
}

function NewRecord({ object }: { object: ObjectDef }) {
  const t = useText();
  const me = useMe();
  const notify = useNotify();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { values: given, names } = useSearch({ from: "/app/records/$object/new" });
  const fields = inReadingOrder(object.fields).filter(writable);
  const [base] = useState(() => Object.fromEntries(fields.map((field) => [field.name, given?.[field.name] ?? field.default ?? (field.name === "owner_id" ? me.id : null)])));
  const form = useRecordForm(fields, base);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [done, setDone] = useState(false);
  const create = useMutation({
    mutationFn: () => createRecord(object.name, { ...form.changes, ...changedValues({}, form.values) }, key),
    onSuccess: async (record) => {
      setDone(true);
      client.setQueryData([...recordsKey(object.name), "duplicates", record.id], record._possible_duplicates ?? []);
      notify(t("record.created", { name: nameOf(record) }), { undo: async () => { await deleteRecord(object.name, record.id); await client.invalidateQueries({ queryKey: recordsKey(object.name) }); await navigate({ to: "/records/$object", params: { object: object.name } }); } });
      await navigate({ to: "/records/$object/$id", params: { object: object.name, id: record.id }, replace: true, ignoreBlocker: true });
      void client.invalidateQueries({ queryKey: recordsKey(object.name) });
    },
    onError: (error) => { setKey(crypto.randomUUID()); if (isInvalid(error)) form.refuse(error); },
  });
  return (
    <RecordFormPage
      object={object} title={t("record.new", { object: object.label })} form={form} fields={fields} names={{ owner_id: me.name, ...names }} pending={create.isPending} error={create.error}
      guard={form.dirty && !done} onSubmit={() => { if (form.check()) create.mutate(); }} cancel={{ to: "/records/$object", params: { object: object.name } }}
    />
  );
}

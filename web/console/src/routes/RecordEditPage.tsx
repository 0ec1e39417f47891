import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Problem } from "../api/client";
import { recordQuery, recordsKey, updateRecord } from "../api/records";
import { useObject, writable } from "../api/schema";
import type { ObjectDef, RecordData } from "../api/types";
import { useText } from "../i18n";
import { inReadingOrder, nameOf } from "../records/columns";
import { RecordFormPage } from "../records/RecordFormPage";
import { useRecordForm } from "../records/useRecordForm";
import { useUndo } from "../records/useUndo";
import { NotFound } from "../ui/NotFound";
import { useNotify } from "../ui/notify";
import { isGone, isInvalid, isStale } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

const StaleDialog = lazy(() => import("../records/StaleDialog"));

export function RecordEditPage() {
  const { object: name, id } = useParams({ from: "/app/records/$object/$id/edit" });
  const object = useObject(name);
  const query = useQuery({ ...recordQuery(name, id), enabled: object !== undefined });
  if (!object || isGone(query.error)) return <NotFound />;
  if (query.error && !query.data) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <EditRecord key={id} object={object} latest={query.data} /> : <Waiting lines={12} />;
}

function EditRecord({ object, latest }: { object: ObjectDef; latest: RecordData }) {
  const t = useText();
  const notify = useNotify();
  const navigate = useNavigate();
  const client = useQueryClient();
  const undo = useUndo(object.name);
  const fields = inReadingOrder(object.fields).filter(writable);
  const [base, setBase] = useState(latest);
  const form = useRecordForm(fields, baseValues(base, fields.map((field) => field.name)));
  const [stale, setStale] = useState<Problem | null>(null);
  const [done, setDone] = useState(false);
  const reload = (record: RecordData) => { setBase(record); form.reset(baseValues(record, fields.map((field) => field.name))); setStale(null); };
  const back = { to: "/records/$object/$id", params: { object: object.name, id: base.id } } as const;
  const save = useMutation({
    mutationFn: (version: number) => updateRecord(object.name, base.id, version, form.changes),
    onSuccess: async (record) => {
      setDone(true);
      client.setQueryData(recordQuery(object.name, base.id).queryKey, record);
      notify(t("record.saved", { name: nameOf(record) }), { undo: () => undo(record) });
      await navigate({ ...back, ignoreBlocker: true });
      void client.invalidateQueries({ queryKey: recordsKey(object.name) });
    },
    onError: (error) => {
      if (isStale(error)) setStale(error);
      else if (isInvalid(error)) form.refuse(error);
    },
  });
  const outdated = latest.version > base.version && !done && !stale;
  return (
    <>
      <RecordFormPage
        key={base.version} object={object} title={t("record.edit", { name: nameOf(base) })} form={form} fields={fields} names={base._names} pending={save.isPending} error={save.error}
        guard={form.dirty && !done} cancel={back}
        onSubmit={() => { if (!form.dirty) void navigate(back); else if (form.check()) save.mutate(base.version); }}
        notice={outdated && <Alert severity="info" sx={{ mb: 2 }} action={<Button color="inherit" onClick={() => reload(latest)}>{t("stale.reload")}</Button>}>{t("stale.notice")}</Alert>}
      />
      <Suspense>
        {stale && (
          <StaleDialog
            object={object} problem={stale} mine={form.changes} onClose={() => setStale(null)}
            onReload={() => void client.query({ ...recordQuery(object.name, base.id), staleTime: 0 }).then(reload)}
            onOverwrite={(version) => { setStale(null); save.mutate(version); }}
          />
        )}
      </Suspense>
    </>
  );
}

const baseValues = (record: RecordData, names: string[]) => Object.fromEntries(names.map((name) => [name, record[name] ?? null]));

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { revertBatch } from "../api/events";
import { bulk, recordsKey } from "../api/records";
import type { BulkAnswer, BulkOperation, ObjectDef, RecordData } from "../api/types";
import { useText } from "../i18n";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { useNotify, useReportProblem } from "../ui/notify";
import type { Selection } from "./useSelection";

const BulkEditDialog = lazy(() => import("./BulkEditDialog"));

/** What can be done with the chosen records at once. */
export function BulkBar({ object, records, selection }: { object: ObjectDef; records: RecordData[]; selection: Selection }) {
  const t = useText();
  const notify = useNotify();
  const report = useReportProblem();
  const client = useQueryClient();
  const [asking, setAsking] = useState<"edit" | "delete" | null>(null);
  const chosen = records.filter((record) => selection.ids.has(record.id));
  const run = useMutation({
    mutationFn: (operations: BulkOperation[]) => bulk(object.name, operations),
    onSuccess: async (answer) => {
      selection.replace([]);
      setAsking(null);
      await client.invalidateQueries({ queryKey: recordsKey(object.name) });
      tell(answer);
    },
    onError: report,
  });
  const tell = ({ batch, results }: BulkAnswer) => {
    const failed = results.filter((result) => result.status >= 400);
    const first = failed[0]?.problem;
    const text = t("bulk.done", { count: results.length - failed.length }) + (first ? ` ${t("bulk.failed", { count: failed.length })} ${first.errors?.[0]?.message ?? first.detail ?? first.title}` : "");
    notify(text, {
      severity: first ? "error" : "success",
      undo: batch && failed.length < results.length ? async () => { await revertBatch(batch); await client.invalidateQueries({ queryKey: recordsKey(object.name) }); } : undefined,
    });
  };
  if (chosen.length === 0) return null;
  return (
    <Paper role="region" aria-label={t("bulk.title")} elevation={6} sx={{ position: "sticky", bottom: 16, zIndex: 3, mt: 2, mx: "auto", width: "fit-content", maxWidth: "100%", px: 2, py: 1, border: 1, borderColor: "divider" }}>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }} aria-live="polite">{t("bulk.selected", { count: chosen.length })}</Typography>
        {object.rights.update && <Button onClick={() => setAsking("edit")}>{t("bulk.edit")}</Button>}
        {object.rights.delete && <Button color="error" onClick={() => setAsking("delete")}>{t("action.delete")}</Button>}
        <Button color="inherit" onClick={() => selection.replace([])}>{t("bulk.clear")}</Button>
      </Box>
      <ConfirmDialog
        open={asking === "delete"} danger title={t("bulk.deleteTitle", { count: chosen.length })} text={t("bulk.deleteText")} confirm={t("action.delete")}
        onClose={() => setAsking(null)} onConfirm={() => { setAsking(null); run.mutate(chosen.map(({ id }) => ({ delete: { id } }))); }}
      />
      {asking === "edit" && (
        <Suspense>
          <BulkEditDialog
            object={object} count={chosen.length} pending={run.isPending} onClose={() => setAsking(null)}
            onApply={(values) => run.mutate(chosen.map(({ id }) => ({ update: { id, values } })))}
          />
        </Suspense>
      )}
    </Paper>
  );
}

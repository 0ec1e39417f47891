import Button from "@mui/material/Button";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemText from "@mui/material/ListItemText";
import Paper from "@mui/material/Paper";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { pagesQuery, recordsKey, restoreRecord } from "../api/records";
import type { ObjectDef, RecordData } from "../api/types";
import { useLocale } from "../i18n";
import { EmptyState } from "../ui/EmptyState";
import { useNotify, useReportProblem } from "../ui/notify";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { nameOf } from "./columns";

/** An object's deleted records, to bring back. */
export function DeletedRecords({ object, onClose }: { object: ObjectDef; onClose: () => void }) {
  const { t, format } = useLocale();
  const notify = useNotify();
  const report = useReportProblem();
  const client = useQueryClient();
  const query = useInfiniteQuery(pagesQuery(object.name, { deleted: true, limit: 50 }));
  const restore = useMutation({
    mutationFn: (record: RecordData) => restoreRecord(object.name, record.id),
    onSuccess: async (_, record) => { await client.invalidateQueries({ queryKey: recordsKey(object.name) }); notify(t("record.restored", { name: nameOf(record) })); },
    onError: report,
  });
  const records = query.data?.pages.flatMap((page) => page.records) ?? [];
  return (
    <>
      <PageHeader title={t("list.deleted", { objects: object.plural_label })} picture={<ObjectPicture object={object} size={36} />}>
        <Button variant="outlined" onClick={onClose}>{t("list.backToList")}</Button>
      </PageHeader>
      {query.isPending && <Waiting />}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && records.length === 0 && <EmptyState title={t("list.noneDeleted")} />}
      {records.length > 0 && (
        <Paper variant="outlined">
          <List>
            {records.map((record) => (
              <ListItem key={record.id} divider secondaryAction={object.rights.delete && <Button onClick={() => restore.mutate(record)}>{t("action.restore")}</Button>}>
                <ListItemText primary={nameOf(record)} secondary={record.deleted_at ? format.ago(record.deleted_at) : undefined} />
              </ListItem>
            ))}
          </List>
          {query.hasNextPage && <Button sx={{ m: 1 }} onClick={() => void query.fetchNextPage()}>{t("list.more")}</Button>}
        </Paper>
      )}
    </>
  );
}

import CloseIcon from "@mui/icons-material/Close";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Drawer from "@mui/material/Drawer";
import IconButton from "@mui/material/IconButton";
import Typography from "@mui/material/Typography";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { timelineQuery } from "../api/events";
import { recordQuery, recordsKey, runAction } from "../api/records";
import type { ObjectDef, RecordData } from "../api/types";
import { useNotify, useReportProblem } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { RevisionItem } from "./RevisionItem";
import { revisionsOf } from "./revisions";
import { mayRestore } from "./steps";
import { useArticleText } from "./texts";

interface RevisionsProps { object: ObjectDef; article: RecordData; dirty: boolean; onRestored?: (record: RecordData) => void; onClose: () => void }

/** Who wrote what and when, and the way back to it. */
export default function Revisions({ object, article, dirty, onRestored, onClose }: RevisionsProps) {
  const t = useArticleText();
  const id = useId();
  const notify = useNotify();
  const report = useReportProblem();
  const client = useQueryClient();
  const query = useInfiniteQuery(timelineQuery("article", article.id));
  const revisions = revisionsOf(query.data?.pages.flatMap((page) => page.events) ?? [], article.id);
  const restore = useMutation({
    mutationFn: async (revision: number) => {
      await runAction("article", article.id, "restore_revision", { revision });
      return client.query({ ...recordQuery("article", article.id), staleTime: 0 });
    },
    onSuccess: async (record, number) => {
      onRestored?.(record);
      notify(t("revisions.restored", { number }));
      await client.invalidateQueries({ queryKey: recordsKey("article") });
    },
    onError: report,
  });
  const may = mayRestore(object, article);
  return (
    <Drawer anchor="right" open onClose={onClose} slotProps={{ paper: { sx: { width: { xs: "100%", sm: 560 } }, role: "dialog", "aria-modal": true, "aria-labelledby": id } }}>
      <Box sx={{ display: "flex", alignItems: "center", px: 2, py: 1, borderBottom: 1, borderColor: "divider" }}>
        <Typography id={id} variant="h2" sx={{ flex: 1 }}>{t("revisions.title")}</Typography>
        <IconButton aria-label={t("revisions.close")} onClick={onClose}><CloseIcon /></IconButton>
      </Box>
      <Box sx={{ p: 2, overflow: "auto" }}>
        {may && dirty && <Alert severity="info" sx={{ mb: 2 }}>{t("revisions.saveFirst")}</Alert>}
        {query.isPending && <Waiting lines={4} />}
        {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && revisions.length === 0 && t("revisions.none")}
        <Box component="ol" reversed sx={{ listStyle: "none", m: 0, p: 0 }}>
          {revisions.map((revision, index) => (
            <RevisionItem
              key={revision.event.sequence} object={object} revision={revision} newest={index === 0} pending={restore.isPending}
              onRestore={may && !dirty && index > 0 ? () => restore.mutate(revision.number) : undefined}
            />
          ))}
        </Box>
        {query.hasNextPage && <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("revisions.earlier")}</Button>}
      </Box>
    </Drawer>
  );
}

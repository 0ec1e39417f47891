import EditIcon from "@mui/icons-material/EditOutlined";
import MoreIcon from "@mui/icons-material/MoreVert";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { deleteRecord, fileAddress, recordQuery, recordsKey, restoreRecord } from "../api/records";
import type { Action, ObjectDef, RecordData } from "../api/types";
import { useLocale } from "../i18n";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { ButtonLink, Link } from "../ui/links";
import { useNotify, useReportProblem } from "../ui/notify";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";
import { nameOf } from "./columns";

const ArticleOfTicket = lazy(() => import("../articles/ArticleOfTicket"));
const ActionDialog = lazy(() => import("./ActionDialog"));
const ShareDialog = lazy(() => import("./ShareDialog"));
const MergeDialog = lazy(() => import("./MergeDialog"));

/** A record's name and what can be done with it. */
export function RecordHeader({ object, record }: { object: ObjectDef; record: RecordData }) {
  const { t, format } = useLocale();
  const notify = useNotify();
  const report = useReportProblem();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<"delete" | "share" | "merge" | null>(null);
  const [action, setAction] = useState<Action | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: recordsKey(object.name) });
  const restore = useMutation({ mutationFn: () => restoreRecord(object.name, record.id), onSuccess: refresh, onError: report });
  const remove = useMutation({
    mutationFn: () => deleteRecord(object.name, record.id),
    onSuccess: async () => {
      notify(t("record.deleted", { name: nameOf(record) }), { undo: async () => { await restoreRecord(object.name, record.id); await refresh(); await navigate({ to: "/records/$object/$id", params: { object: object.name, id: record.id } }); } });
      await navigate({ to: "/records/$object", params: { object: object.name } });
      client.removeQueries({ queryKey: recordQuery(object.name, record.id).queryKey });
      void refresh();
    },
    onError: report,
  });
  const menu = (run: () => void) => () => { setAnchor(null); run(); };
  const gone = Boolean(record.deleted_at);
  // The steps of an article are offered where it is written, as far as they lead on from where it is.
  const actions = object.name === "article" ? [] : (object.actions ?? []);
  return (
    <>
      <PageHeader
        title={nameOf(record)} picture={<ObjectPicture object={object} size={40} />}
        subtitle={<><Link to="/records/$object" params={{ object: object.name }} color="inherit">{object.label}</Link>{typeof record.updated_at === "string" && ` · ${t("record.changedAgo", { when: format.ago(record.updated_at) })}`}</>}
      >
        {!gone && actions.slice(0, 1).map((first) => <Button key={first.name} variant="outlined" onClick={() => setAction(first)} sx={{ display: { xs: "none", sm: "inline-flex" } }}>{first.label}</Button>)}
        {object.name === "ticket" && <Suspense><ArticleOfTicket ticket={record} /></Suspense>}
        {object.name === "attachment" && <Button component="a" href={fileAddress(record.id)} target="_blank" rel="noopener" variant="outlined">{t("record.openFile")}</Button>}
        {!gone && object.rights.update && <ButtonLink variant="contained" startIcon={<EditIcon />} to="/records/$object/$id/edit" params={{ object: object.name, id: record.id }} aria-keyshortcuts="e">{t("action.edit")}</ButtonLink>}
        {!gone && <IconButton aria-label={t("action.more")} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><MoreIcon /></IconButton>}
        <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
          {actions.map((each) => <MenuItem key={each.name} onClick={menu(() => setAction(each))}>{each.label}</MenuItem>)}
          {object.owned && object.rights.update && <MenuItem onClick={menu(() => setDialog("share"))}>{t("share.open")}</MenuItem>}
          {object.rights.update && object.rights.delete && <MenuItem onClick={menu(() => setDialog("merge"))}>{t("merge.open")}</MenuItem>}
          {object.rights.delete && <MenuItem onClick={menu(() => setDialog("delete"))} sx={{ color: "error.main" }}>{t("action.delete")}</MenuItem>}
        </Menu>
      </PageHeader>
      {gone && (
        <Alert severity="warning" sx={{ mb: 2 }} action={object.rights.delete && <Button color="inherit" onClick={() => restore.mutate()}>{t("action.restore")}</Button>}>
          {t("record.isDeleted", { when: format.ago(record.deleted_at) })}
        </Alert>
      )}
      <ConfirmDialog
        open={dialog === "delete"} danger title={t("record.deleteTitle", { name: nameOf(record) })} text={t("record.deleteText")} confirm={t("action.delete")}
        onClose={() => setDialog(null)} onConfirm={() => { setDialog(null); remove.mutate(); }}
      />
      <Suspense>
        {action && <ActionDialog object={object} record={record} action={action} onClose={() => setAction(null)} />}
        {dialog === "share" && <ShareDialog object={object} record={record} onClose={() => setDialog(null)} />}
        {dialog === "merge" && <MergeDialog object={object} record={record} onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  );
}

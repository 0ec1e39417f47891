import ArrowDropDownIcon from "@mui/icons-material/ArrowDropDown";
import CheckIcon from "@mui/icons-material/Check";
import Button from "@mui/material/Button";
import Divider from "@mui/material/Divider";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deleteRecord, recordsKey, restoreRecord, updateRecord } from "../api/records";
import { useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { defaultColumns } from "../records/columns";
import type { ListState } from "../records/useListState";
import { useNotify, useReportProblem } from "../ui/notify";
import { SaveViewDialog } from "./SaveViewDialog";

/** Which saved view the list shows, and saving what it shows now. */
export function ViewMenu({ object, state }: { object: ObjectDef; state: ListState }) {
  const t = useText();
  const me = useMe();
  const schema = useSchema();
  const notify = useNotify();
  const report = useReportProblem();
  const client = useQueryClient();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [saving, setSaving] = useState(false);
  const { view, views } = state;
  const refresh = () => client.invalidateQueries({ queryKey: recordsKey("saved_view") });
  const definition = { filter: state.filter ?? null, sort: state.sort, columns: state.columns ?? defaultColumns(object) };
  const clear = { filter: undefined, sort: undefined, columns: undefined };

  const update = useMutation({
    mutationFn: () => updateRecord("saved_view", view?.id ?? "", view?.version ?? 0, { definition }),
    onSuccess: async () => { await refresh(); state.set(clear); notify(t("view.saved")); },
    onError: report,
  });
  const remove = useMutation({
    mutationFn: (id: string) => deleteRecord("saved_view", id),
    onSuccess: async (_, id) => {
      state.set({ view: undefined });
      await refresh();
      notify(t("view.deleted"), { undo: async () => { await restoreRecord("saved_view", id); await refresh(); } });
    },
    onError: report,
  });
  if (!schema.byName.has("saved_view")) return null;
  const mine = view?.owner_id === me.id || me.admin;
  const choose = (id: string | undefined) => { setAnchor(null); state.set({ view: id, ...clear }); };
  return (
    <>
      <Button color="inherit" endIcon={<ArrowDropDownIcon />} aria-haspopup="menu" aria-expanded={Boolean(anchor)} onClick={(event) => setAnchor(event.currentTarget)}>
        {view?.name ?? t("view.all", { objects: object.plural_label })}{state.changed ? " *" : ""}
      </Button>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        <MenuItem selected={!view} onClick={() => choose(undefined)}><ViewText name={t("view.all", { objects: object.plural_label })} chosen={!view} /></MenuItem>
        {views.map((candidate) => (
          <MenuItem key={candidate.id} selected={candidate.id === view?.id} onClick={() => choose(candidate.id)}>
            <ViewText name={candidate.name ?? ""} chosen={candidate.id === view?.id} note={candidate.shared === true ? t("view.shared") : undefined} />
          </MenuItem>
        ))}
        <Divider />
        {view && mine && <MenuItem disabled={!state.changed} onClick={() => { setAnchor(null); update.mutate(); }}>{t("view.save")}</MenuItem>}
        <MenuItem onClick={() => { setAnchor(null); setSaving(true); }}>{t("view.saveAs")}</MenuItem>
        {view && mine && <MenuItem onClick={() => { setAnchor(null); remove.mutate(view.id); }}>{t("view.delete")}</MenuItem>}
      </Menu>
      {saving && <SaveViewDialog object={object} definition={definition} onClose={() => setSaving(false)} onSaved={async (id) => { await refresh(); state.set({ view: id, ...clear }); }} />}
    </>
  );
}

function ViewText({ name, chosen, note }: { name: string; chosen: boolean; note?: string }) {
  return <>{chosen && <ListItemIcon><CheckIcon fontSize="small" /></ListItemIcon>}<ListItemText inset={!chosen} primary={name} secondary={note} /></>;
}

import DeleteIcon from "@mui/icons-material/DeleteOutlineOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import IconButton from "@mui/material/IconButton";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { putShares, sharesQuery, type Share } from "../api/records";
import type { ObjectDef, RecordData } from "../api/types";
import { ReferenceInput } from "../fields/ReferenceInput";
import { useText } from "../i18n";
import { useNotify } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

export default function ShareDialog({ object, record, onClose }: { object: ObjectDef; record: RecordData; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const notify = useNotify();
  const client = useQueryClient();
  const query = useQuery(sharesQuery(object.name, record.id));
  const [draft, setDraft] = useState<Share[] | null>(null);
  const shares = draft ?? query.data?.shares ?? [];
  const save = useMutation({
    mutationFn: () => putShares(object.name, record.id, shares.filter((share) => share.user_id || share.team_id)),
    onSuccess: async () => { await client.invalidateQueries({ queryKey: sharesQuery(object.name, record.id).queryKey }); notify(t("share.saved")); onClose(); },
  });
  const set = (index: number, next: Share | null) => setDraft(shares.flatMap((share, other) => (other === index ? (next ?? []) : share)));
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{t("share.title", { name: record.name ?? "" })}</DialogTitle>
      <DialogContent sx={{ pt: "8px !important" }}>
        {query.isPending && <Waiting lines={2} />}
        {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && shares.length === 0 && t("share.nobody")}
        {shares.map((share, index) => {
          const team = share.team_id !== undefined;
          const kind = team ? "team" : "user";
          return (
            <Box key={index} sx={{ display: "grid", gridTemplateColumns: "1fr 140px auto", gap: 1, mb: 1.5, alignItems: "center" }}>
              <ReferenceInput
                bare field={{ name: kind, label: t(team ? "share.team" : "share.person"), type: "reference", references: kind }} value={share.user_id ?? share.team_id}
                onChange={(value) => set(index, { [team ? "team_id" : "user_id"]: (value as string | null) ?? "", access: share.access })}
              />
              <TextField select label={t("share.access")} value={share.access} onChange={(event) => set(index, { ...share, access: event.target.value as Share["access"] })}>
                <MenuItem value="read">{t("share.read")}</MenuItem>
                <MenuItem value="update">{t("share.update")}</MenuItem>
              </TextField>
              <IconButton aria-label={t("action.remove")} onClick={() => set(index, null)}><DeleteIcon fontSize="small" /></IconButton>
            </Box>
          );
        })}
        <Box sx={{ display: "flex", gap: 1, mt: 1 }}>
          <Button onClick={() => setDraft([...shares, { user_id: "", access: "read" }])}>{t("share.addPerson")}</Button>
          <Button onClick={() => setDraft([...shares, { team_id: "", access: "read" }])}>{t("share.addTeam")}</Button>
        </Box>
        {save.error && <ProblemAlert error={save.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button variant="contained" disabled={draft === null} loading={save.isPending} onClick={() => save.mutate()}>{t("action.save")}</Button>
      </DialogActions>
    </Dialog>
  );
}

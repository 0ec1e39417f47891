import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import TextField from "@mui/material/TextField";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { ReferenceInput } from "../fields/ReferenceInput";
import { useNotify } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { transfer } from "./api";
import { useInboxText } from "./texts";
import type { Conversation } from "./types";

/** Passes a conversation on to a colleague or a team, with a word for them. */
export default function TransferDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const t = useInboxText();
  const id = useId();
  const notify = useNotify();
  const client = useQueryClient();
  const [user, setUser] = useState<string | null>(null);
  const [team, setTeam] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const run = useMutation({
    mutationFn: () => transfer(conversation.id, { ...(user ? { user_id: user } : {}), ...(team ? { team_id: team } : {}), ...(text.trim() ? { text } : {}) }),
    onSuccess: () => { notify(t("act.transferred")); onClose(); },
    onSettled: () => client.invalidateQueries({ queryKey: ["inbox"] }),
  });
  const pick = (set: (id: string | null) => void) => (value: unknown) => { set(typeof value === "string" ? value : null); setMissing(false); };
  return (
    <Dialog open onClose={onClose} maxWidth="xs" aria-labelledby={id}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (user || team) run.mutate(); else setMissing(true); }}>
        <DialogTitle id={id}>{t("transfer.title")}</DialogTitle>
        <DialogContent sx={{ pt: "8px !important", display: "grid", gap: 2 }}>
          <ReferenceInput field={{ name: "user_id", label: t("transfer.colleague"), type: "user" }} value={user} onChange={pick(setUser)} error={missing ? t("transfer.needed") : undefined} autoFocus />
          <ReferenceInput field={{ name: "team_id", label: t("transfer.team"), type: "reference", references: "team" }} value={team} onChange={pick(setTeam)} />
          <TextField label={t("transfer.note")} helperText={t("transfer.noteHelp")} value={text} onChange={(event) => setText(event.target.value)} multiline minRows={2} maxRows={8} />
          {run.error && <ProblemAlert error={run.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="contained" loading={run.isPending}>{t("transfer.confirm")}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

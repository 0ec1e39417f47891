import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import FormControlLabel from "@mui/material/FormControlLabel";
import TextField from "@mui/material/TextField";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { createKey, keysQuery } from "../api/keys";
import { useLocale } from "../i18n";
import { ProblemAlert } from "../ui/ProblemAlert";
import { instantOf } from "../values/zone";
import { useAdminText } from "./texts";

/** Makes a key and shows it the one time it can be seen. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const { zone } = useLocale();
  const t = useAdminText();
  const id = useId();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [write, setWrite] = useState(false);
  const [until, setUntil] = useState("");
  const [copied, setCopied] = useState(false);
  const create = useMutation({
    mutationFn: () => createKey({ name: name.trim(), scopes: write ? ["read", "write"] : ["read"], ...(until ? { expires_at: instantOf(`${until}T23:59`, zone)?.toISOString() } : {}) }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  const key = create.data?.key;
  return (
    <Dialog open onClose={key ? undefined : onClose} aria-labelledby={id}>
      <form onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
        <DialogTitle id={id}>{t("keys.new")}</DialogTitle>
        {key ? (
          <>
            <DialogContent>
              <Alert severity="warning" sx={{ mb: 2 }}>{t("keys.once")}</Alert>
              <TextField label={t("keys.key")} value={key} slotProps={{ input: { readOnly: true, sx: { fontFamily: "ui-monospace, monospace" } } }} onFocus={(event) => event.target.select()} />
            </DialogContent>
            <DialogActions>
              <Button onClick={() => void navigator.clipboard.writeText(key).then(() => setCopied(true))}>{t(copied ? "keys.copied" : "keys.copy")}</Button>
              <Button variant="contained" onClick={onClose}>{t("action.close")}</Button>
            </DialogActions>
          </>
        ) : (
          <>
            <DialogContent sx={{ display: "grid", gap: 2, pt: "8px !important" }}>
              <TextField autoFocus required label={t("keys.name")} helperText={t("keys.nameHelp")} value={name} onChange={(event) => setName(event.target.value)} />
              <FormControlLabel control={<Checkbox checked={write} onChange={(event) => setWrite(event.target.checked)} />} label={t("keys.mayWrite")} />
              <TextField type="date" label={t("keys.expires")} value={until} onChange={(event) => setUntil(event.target.value)} slotProps={{ inputLabel: { shrink: true } }} />
              {create.error && <ProblemAlert error={create.error} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{t("action.cancel")}</Button>
              <Button type="submit" variant="contained" loading={create.isPending}>{t("keys.make")}</Button>
            </DialogActions>
          </>
        )}
      </form>
    </Dialog>
  );
}

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormControlLabel from "@mui/material/FormControlLabel";
import MenuItem from "@mui/material/MenuItem";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeMe, changePassword, meQuery, useMe } from "../api/session";
import { AssistantsLink } from "../assistants/AssistantsLink";
import { PromisesCard } from "../ask/PromisesCard";
import { languages, useText } from "../i18n";
import { shortcutsOn, turnShortcuts } from "../shell/shortcuts";
import { Card } from "../ui/Card";
import { useNotify, useReportProblem } from "../ui/notify";
import { PageHeader } from "../ui/PageHeader";
import { ProblemAlert } from "../ui/ProblemAlert";
import { SessionList } from "../admin/SessionList";

export function SettingsPage() {
  const t = useText();
  return (
    <Box sx={{ maxWidth: 720, mx: "auto" }}>
      <PageHeader title={t("settings.title")}><AssistantsLink /></PageHeader>
      <Preferences />
      <PromisesCard />
      <Password />
      <Card title={t("settings.sessions")}><SessionList /></Card>
    </Box>
  );
}

function Preferences() {
  const t = useText();
  const me = useMe();
  const client = useQueryClient();
  const notify = useNotify();
  const report = useReportProblem();
  const [shortcuts, setShortcuts] = useState(shortcutsOn);
  const save = useMutation({
    mutationFn: changeMe,
    onSuccess: async () => { await client.invalidateQueries(); await client.refetchQueries({ queryKey: meQuery.queryKey }); notify((texts) => texts("settings.saved")); },
    onError: report,
  });
  const zones = [...new Set([me.time_zone, "UTC", ...Intl.supportedValuesOf("timeZone")])];
  return (
    <Card title={t("settings.preferences")}>
      <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" } }}>
        <TextField select label={t("setUp.language")} value={me.language.split("-")[0]} onChange={(event) => save.mutate({ language: event.target.value })}>
          {languages.map(({ code, name }) => <MenuItem key={code} value={code}>{name}</MenuItem>)}
        </TextField>
        <TextField select label={t("setUp.time_zone")} value={me.time_zone} onChange={(event) => save.mutate({ time_zone: event.target.value })} slotProps={{ select: { native: true } }}>
          {zones.map((zone) => <option key={zone}>{zone}</option>)}
        </TextField>
      </Box>
      <FormControlLabel sx={{ mt: 1.5 }} label={t("settings.shortcuts")} control={<Switch checked={shortcuts} onChange={(event) => { turnShortcuts(event.target.checked); setShortcuts(event.target.checked); }} />} />
    </Card>
  );
}

function Password() {
  const t = useText();
  const notify = useNotify();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const save = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => { setCurrent(""); setNext(""); notify(t("settings.passwordChanged")); },
  });
  return (
    <Card title={t("settings.password")}>
      <Box component="form" sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" } }} onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <TextField type="password" label={t("settings.currentPassword")} autoComplete="current-password" required value={current} onChange={(event) => setCurrent(event.target.value)} />
        <TextField type="password" label={t("settings.newPassword")} autoComplete="new-password" required value={next} onChange={(event) => setNext(event.target.value)} />
        <Box sx={{ gridColumn: "1 / -1" }}>
          {save.error && <ProblemAlert error={save.error} />}
          <Button type="submit" variant="contained" loading={save.isPending}>{t("settings.changePassword")}</Button>
        </Box>
      </Box>
    </Card>
  );
}

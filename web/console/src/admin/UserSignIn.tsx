import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { setPasswordOf, useAbility, useMe } from "../api/session";
import type { RecordData } from "../api/types";
import { useText } from "../i18n";
import { Card } from "../ui/Card";
import { useNotify } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { SessionList } from "./SessionList";

/** For those who manage users: another person's password and sessions. */
export default function UserSignIn({ user }: { user: RecordData }) {
  const t = useText();
  const me = useMe();
  const may = useAbility("manage_users");
  const notify = useNotify();
  const [password, setPassword] = useState("");
  const save = useMutation({ mutationFn: () => setPasswordOf(user.id, password), onSuccess: () => { setPassword(""); notify(t("user.passwordSet")); } });
  if (!may || user.id === me.id) return null;
  return (
    <Card title={t("user.signIn")}>
      <Box component="form" sx={{ display: "flex", gap: 1, mb: 2, alignItems: "flex-start", maxWidth: 480 }} onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <TextField type="password" autoComplete="new-password" required label={t("user.newPassword")} helperText={t("user.passwordHelp")} value={password} onChange={(event) => setPassword(event.target.value)} />
        <Button type="submit" variant="outlined" loading={save.isPending} sx={{ flex: "none", height: 37 }}>{t("user.setPassword")}</Button>
      </Box>
      {save.error && <ProblemAlert error={save.error} />}
      <Typography variant="h3" sx={{ mb: 0.5 }}>{t("settings.sessions")}</Typography>
      <SessionList user={user.id} />
    </Card>
  );
}

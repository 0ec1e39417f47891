import Button from "@mui/material/Button";
import Box from "@mui/material/Box";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Problem } from "../api/client";
import { meQuery, setupQuery, signIn } from "../api/session";
import { useText } from "../i18n";
import { PlainInput } from "../ui/PlainInput";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Welcome } from "../ui/Welcome";

export function SignInPage() {
  const t = useText();
  const router = useRouter();
  const client = useQueryClient();
  const { to } = useSearch({ from: "/sign-in" });
  const setup = useQuery(setupQuery);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tenant, setTenant] = useState("");
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password, tenant.trim() || undefined),
    onSuccess: (me) => {
      client.clear();
      client.setQueryData(meQuery.queryKey, me);
      // That page is made by the server; it can lie nowhere else.
      if (to?.startsWith("/oauth/authorize?")) window.location.assign(to);
      else router.history.push(to && /^\/(?![/\\])/.test(to) ? to : "/");
    },
  });
  // One address may belong to several companies; the server then asks which is meant.
  const asksCompany = enter.error instanceof Problem && enter.error.doc.errors?.some((error) => error.field === "tenant");
  if (setup.data?.needed) return <Navigate to="/set-up" />;
  return (
    <Welcome title={t("signIn.title")}>
      <Box component="form" sx={{ display: "grid", gap: 2 }} onSubmit={(event) => { event.preventDefault(); enter.mutate(); }}>
        <PlainInput label={t("signIn.email")} type="email" name="email" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} />
        <PlainInput label={t("signIn.password")} type="password" name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        {(asksCompany || tenant) && <PlainInput label={t("signIn.company")} name="tenant" required value={tenant} onChange={(event) => setTenant(event.target.value)} />}
        {enter.error && <ProblemAlert error={enter.error} />}
        <Button type="submit" variant="contained" size="medium" loading={enter.isPending}>{t("signIn.enter")}</Button>
        {setup.data?.provider && <Button component="a" variant="outlined" size="medium" href={`/oauth/sign-in?to=${encodeURIComponent(to ?? "/")}`}>{setup.data.provider}</Button>}
      </Box>
    </Welcome>
  );
}

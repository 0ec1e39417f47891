import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { setupQuery, setUp } from "../api/session";
import { browserLanguage, browserZone, languages, useText } from "../i18n";
import { isInvalid } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Welcome } from "../ui/Welcome";

/** First run: names the company and makes its first user, who may do everything. */
export function SetUpPage() {
  const t = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const setup = useQuery(setupQuery);
  const [input, setInput] = useState({ company: "", name: "", email: "", password: "", time_zone: browserZone(), currency: regionCurrency(), language: browserLanguage() });
  const begin = useMutation({
    mutationFn: () => setUp(input),
    onSuccess: async () => { client.clear(); await navigate({ to: "/" }); },
  });
  const problems = isInvalid(begin.error) ? (begin.error.doc.errors ?? []) : [];
  const field = (name: keyof typeof input, type = "text", autoComplete = "off") => {
    const problem = problems.find((error) => error.field === name);
    return (
      <TextField
        label={t(`setUp.${name}`)} type={type} name={name} autoComplete={autoComplete} required value={input[name]} error={Boolean(problem)} helperText={problem?.message ?? (name === "password" ? t("setUp.passwordHelp") : undefined)}
        autoFocus={name === "company"} onChange={(event) => setInput({ ...input, [name]: event.target.value })}
      />
    );
  };
  const select = (name: "time_zone" | "currency", values: string[]) => (
    <TextField select label={t(`setUp.${name}`)} value={input[name]} onChange={(event) => setInput({ ...input, [name]: event.target.value })} slotProps={{ select: { native: true } }}>
      {values.map((value) => <option key={value}>{value}</option>)}
    </TextField>
  );
  // While the first page is fetched there is a company already: whoever has just made it is on their way in.
  if (setup.data && !setup.data.needed && !begin.isPending && !begin.isSuccess) return <Navigate to="/sign-in" />;
  return (
    <Welcome title={t("setUp.title")} text={t("setUp.text")}>
      <Box component="form" sx={{ display: "grid", gap: 2 }} onSubmit={(event) => { event.preventDefault(); begin.mutate(); }}>
        {field("company", "text", "organization")}
        {field("name", "text", "name")}
        {field("email", "email", "username")}
        {field("password", "password", "new-password")}
        <TextField select label={t("setUp.language")} value={input.language} onChange={(event) => setInput({ ...input, language: event.target.value })}>
          {languages.map(({ code, name }) => <MenuItem key={code} value={code}>{name}</MenuItem>)}
        </TextField>
        {select("time_zone", zones)}
        {select("currency", Intl.supportedValuesOf("currency"))}
        {begin.error && problems.length === 0 && <ProblemAlert error={begin.error} />}
        <Button type="submit" variant="contained" size="medium" loading={begin.isPending}>{t("setUp.begin")}</Button>
      </Box>
    </Welcome>
  );
}

const zones = [...new Set(["UTC", browserZone(), ...Intl.supportedValuesOf("timeZone")])];

function regionCurrency(): string {
  const region = new Intl.Locale(navigator.language).maximize().region ?? "US";
  const known: Record<string, string> = { US: "USD", GB: "GBP", CH: "CHF", JP: "JPY", CN: "CNY", IN: "INR", CA: "CAD", AU: "AUD", BR: "BRL", SE: "SEK", NO: "NOK", DK: "DKK", PL: "PLN", CZ: "CZK" };
  return known[region] ?? (new Set(["DE", "AT", "FR", "ES", "IT", "NL", "BE", "IE", "PT", "FI", "GR", "LU", "SK", "SI", "EE", "LV", "LT", "HR", "MT", "CY"]).has(region) ? "EUR" : "USD");
}

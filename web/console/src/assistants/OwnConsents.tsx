import Button from "@mui/material/Button";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemText from "@mui/material/ListItemText";
import Typography from "@mui/material/Typography";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { consentsQuery, withdrawConsent, type Consent } from "../api/assistants";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { useNotify, useReportProblem } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { scopesText } from "./scopes";
import { useAssistantText } from "./texts";

/** What one has allowed programs, to be ended. */
export function OwnConsents() {
  const t = useAssistantText();
  const { format } = useLocale();
  const client = useQueryClient();
  const notify = useNotify();
  const report = useReportProblem();
  const query = useQuery(consentsQuery);
  const [ending, setEnding] = useState<Consent | null>(null);
  const withdraw = useMutation({
    mutationFn: (consent: Consent) => withdrawConsent(consent.id),
    onSuccess: async (_, consent) => { await client.invalidateQueries({ queryKey: ["assistants"] }); notify(t("consents.withdrawn", { name: consent.client_name })); },
    onError: report,
  });
  const about = (consent: Consent) => [
    scopesText(consent.scopes, t),
    t("consents.given", { when: format.ago(consent.given_at) }),
    consent.last_used_at ? t("consents.used", { when: format.ago(consent.last_used_at) }) : t("consents.unused"),
  ].join(" · ");
  return (
    <Card title={t("consents.title")}>
      {query.isPending && <Waiting lines={2} />}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <Typography sx={{ color: "text.secondary" }}>{t("consents.none")}</Typography>}
      {query.data && query.data.length > 0 && (
        <List dense disablePadding>
          {query.data.map((consent) => (
            <ListItem key={consent.id} disableGutters sx={{ gap: 2 }}>
              <ListItemText primary={`${consent.client_name} (${consent.client_host})`} secondary={about(consent)} slotProps={{ primary: { sx: { fontWeight: 600, overflowWrap: "anywhere" } } }} />
              <Button color="error" onClick={() => setEnding(consent)} aria-label={t("consents.withdrawOf", { name: consent.client_name })}>{t("consents.withdraw")}</Button>
            </ListItem>
          ))}
        </List>
      )}
      <ConfirmDialog
        open={ending !== null} danger title={t("consents.withdrawTitle", { name: ending?.client_name ?? "" })} text={t("consents.withdrawText")} confirm={t("consents.withdraw")}
        onClose={() => setEnding(null)} onConfirm={() => { if (ending) withdraw.mutate(ending); setEnding(null); }}
      />
    </Card>
  );
}

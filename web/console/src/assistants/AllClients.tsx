import AddIcon from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { blockClient, clientsQuery, unblockClient, type Client } from "../api/assistants";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Hidden } from "../ui/Hidden";
import { useNotify, useReportProblem } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { ProgramDialog } from "./ProgramDialog";
import { scopesText } from "./scopes";
import { useAssistantText, type AssistantTranslate } from "./texts";

/** For administrators: every program, who allows it what, when it last called; cut off at once. */
export function AllClients() {
  const t = useAssistantText();
  const { format } = useLocale();
  const cache = useQueryClient();
  const notify = useNotify();
  const report = useReportProblem();
  const query = useQuery(clientsQuery);
  const [making, setMaking] = useState(false);
  const [blocking, setBlocking] = useState<Client | null>(null);
  const set = useMutation({
    mutationFn: (client: Client) => (client.blocked_at ? unblockClient : blockClient)(client.id),
    onSuccess: async (_, client) => { await cache.invalidateQueries({ queryKey: ["assistants"] }); notify(t(client.blocked_at ? "clients.unblocked" : "clients.blocked", { name: client.name })); },
    onError: report,
  });
  return (
    <Card dense title={t("clients.title")} actions={<Button startIcon={<AddIcon />} onClick={() => setMaking(true)}>{t("program.new")}</Button>}>
      {query.isPending && <Waiting lines={3} />}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <Typography sx={{ color: "text.secondary", p: 2 }}>{t("clients.none")}</Typography>}
      {query.data && query.data.length > 0 && (
        <TableContainer tabIndex={0} role="group" aria-label={t("clients.title")}>
          <Table>
            <TableHead><TableRow><TableCell>{t("clients.name")}</TableCell><TableCell>{t("clients.people")}</TableCell><TableCell>{t("clients.last")}</TableCell><TableCell><Hidden>{t("action.more")}</Hidden></TableCell></TableRow></TableHead>
            <TableBody>
              {query.data.map((client) => (
                <TableRow key={client.id}>
                  <TableCell component="th" scope="row" sx={{ verticalAlign: "top" }}>
                    <Box sx={{ fontWeight: 600, overflowWrap: "anywhere" }}>{client.name}</Box>
                    <Box sx={{ color: "text.secondary", fontWeight: 400 }}>{origin(client, t)}</Box>
                  </TableCell>
                  <TableCell sx={{ verticalAlign: "top" }}>
                    {client.user_name && <div><strong>{client.user_name}</strong>: {scopesText(client.scopes, t)}</div>}
                    {client.consents.map((consent) => <div key={consent.id}><strong>{consent.user_name}</strong>: {scopesText(consent.scopes, t)}</div>)}
                  </TableCell>
                  <TableCell sx={{ verticalAlign: "top" }}>
                    {client.last_used_at ? <time dateTime={client.last_used_at} title={format.dateTime(client.last_used_at)}>{format.ago(client.last_used_at)}</time> : t("clients.never")}
                    {client.blocked_at && <Box sx={{ color: "error.main" }}>{t("clients.isBlocked", { when: format.ago(client.blocked_at) })}</Box>}
                  </TableCell>
                  <TableCell align="right" sx={{ verticalAlign: "top", whiteSpace: "nowrap" }}>
                    {client.blocked_at
                      ? <Button onClick={() => set.mutate(client)} aria-label={t("clients.unblockOf", { name: client.name })}>{t("clients.unblock")}</Button>
                      : <Button color="error" onClick={() => setBlocking(client)} aria-label={t("clients.blockOf", { name: client.name })}>{t("clients.block")}</Button>}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
      {making && <ProgramDialog onClose={() => setMaking(false)} />}
      <ConfirmDialog
        open={blocking !== null} danger title={t("clients.blockTitle", { name: blocking?.name ?? "" })} text={t("clients.blockText")} confirm={t("clients.block")}
        onClose={() => setBlocking(null)} onConfirm={() => { if (blocking) set.mutate(blocking); setBlocking(null); }}
      />
    </Card>
  );
}

/** From whom a program is, as far as it is known. */
function origin(client: Client, t: AssistantTranslate): string {
  switch (client.kind) {
    case "program": return t("clients.program");
    case "document": return t("clients.vouched", { host: URL.parse(client.client_id)?.host ?? client.host });
    case "dynamic": return t("clients.unchecked", { host: client.host });
  }
}

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { callsQuery, clientsQuery, type AssistantCall } from "../api/assistants";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { Link } from "../ui/links";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { useAssistantText } from "./texts";

const colours = { done: "text.primary", asked: "text.secondary", failed: "text.secondary", refused: "error.main" } as const;

/** For administrators: everything that assistants called, also what they only read and what was refused. */
export function Calls() {
  const t = useAssistantText();
  const [client, setClient] = useState("");
  const { data: clients } = useQuery(clientsQuery);
  const query = useInfiniteQuery(callsQuery(client));
  const calls = query.data?.pages.flatMap((page) => page.calls) ?? [];
  return (
    <Card dense title={t("calls.title")}>
      <Box sx={{ p: 2, display: "flex", gap: 2, alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="body2" sx={{ color: "text.secondary", flex: "1 1 280px" }}>{t("calls.text")}</Typography>
        <TextField select label={t("clients.name")} value={client} onChange={(event) => setClient(event.target.value)} sx={{ minWidth: 200 }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
          <MenuItem value="">{t("calls.all")}</MenuItem>
          {clients?.map(({ id, name }) => <MenuItem key={id} value={id}>{name}</MenuItem>)}
        </TextField>
      </Box>
      {query.isPending && <Waiting lines={3} />}
      {query.error && <Box sx={{ px: 2 }}><ProblemAlert error={query.error} onRetry={() => void query.refetch()} /></Box>}
      {query.data && calls.length === 0 && <Typography sx={{ color: "text.secondary", px: 2, pb: 2 }}>{t("calls.none")}</Typography>}
      {calls.length > 0 && (
        <TableContainer tabIndex={0} role="group" aria-label={t("calls.title")}>
          <Table size="small">
            <TableHead><TableRow><TableCell>{t("calls.when")}</TableCell><TableCell>{t("clients.name")}</TableCell><TableCell>{t("calls.what")}</TableCell><TableCell>{t("calls.outcome")}</TableCell></TableRow></TableHead>
            <TableBody>{calls.map((call) => <Call key={call.id} call={call} />)}</TableBody>
          </Table>
        </TableContainer>
      )}
      {query.hasNextPage && <Button sx={{ m: 1 }} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("timeline.earlier")}</Button>}
    </Card>
  );
}

function Call({ call }: { call: AssistantCall }) {
  const t = useAssistantText();
  const { format } = useLocale();
  const [object, id] = call.about?.split(":") ?? [];
  return (
    <TableRow>
      <TableCell sx={{ whiteSpace: "nowrap" }}><time dateTime={call.at} title={format.dateTime(call.at)}>{format.ago(call.at)}</time></TableCell>
      <TableCell sx={{ overflowWrap: "anywhere" }}>
        <div>{call.client_name ?? t("calls.gone")}</div>
        <Box sx={{ color: "text.secondary" }}>{call.user_name}</Box>
      </TableCell>
      <TableCell>
        <code>{call.called}</code>
        {object && id && <div><Link to="/records/$object/$id" params={{ object, id }}>{t("calls.record")}</Link></div>}
        {object && !id && <Box sx={{ color: "text.secondary" }}>{object}</Box>}
      </TableCell>
      <TableCell sx={{ color: colours[call.outcome] }}>{t(`calls.${call.outcome}`)}</TableCell>
    </TableRow>
  );
}

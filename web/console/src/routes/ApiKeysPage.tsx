import AddIcon from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiKeyDialog } from "../admin/ApiKeyDialog";
import { useAdminText } from "../admin/texts";
import { deleteKey, keysQuery } from "../api/keys";
import type { ApiKey } from "../api/types";
import { AssistantsLink } from "../assistants/AssistantsLink";
import { useLocale } from "../i18n";
import { Hidden } from "../ui/Hidden";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { EmptyState } from "../ui/EmptyState";
import { useNotify, useReportProblem } from "../ui/notify";
import { PageHeader } from "../ui/PageHeader";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

export function ApiKeysPage() {
  const { format } = useLocale();
  const t = useAdminText();
  const client = useQueryClient();
  const notify = useNotify();
  const report = useReportProblem();
  const query = useQuery(keysQuery);
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = useMutation({
    mutationFn: (key: ApiKey) => deleteKey(key.id),
    onSuccess: async (_, key) => { await client.invalidateQueries({ queryKey: keysQuery.queryKey }); notify(t("keys.revoked", { name: key.name })); },
    onError: report,
  });
  return (
    <Box sx={{ maxWidth: 960, mx: "auto" }}>
      <PageHeader title={t("admin.keys")} subtitle={t("keys.text")}>
        <AssistantsLink />
        <Button variant="contained" startIcon={<AddIcon />} onClick={() => setCreating(true)}>{t("keys.new")}</Button>
      </PageHeader>
      {query.isPending && <Waiting lines={4} />}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <Paper variant="outlined">
          {query.data.length === 0 ? <EmptyState title={t("keys.none")} text={t("keys.noneText")} /> : (
            <TableContainer tabIndex={0} role="group" aria-label={t("admin.keys")}>
              <Table>
                <TableHead><TableRow><TableCell>{t("keys.name")}</TableCell><TableCell>{t("keys.scopes")}</TableCell><TableCell>{t("keys.created")}</TableCell><TableCell>{t("keys.used")}</TableCell><TableCell>{t("keys.expires")}</TableCell><TableCell><Hidden>{t("action.more")}</Hidden></TableCell></TableRow></TableHead>
                <TableBody>
                  {query.data.map((key) => (
                    <TableRow key={key.id}>
                      <TableCell component="th" scope="row" sx={{ fontWeight: 600 }}>{key.name}</TableCell>
                      <TableCell>{key.scopes.map((scope) => (scope === "write" ? t("keys.write") : scope === "read" ? t("keys.read") : scope)).join(", ")}</TableCell>
                      <TableCell>{key.created_at ? format.ago(key.created_at) : ""}</TableCell>
                      <TableCell>{key.last_used_at ? format.ago(key.last_used_at) : t("keys.never")}</TableCell>
                      <TableCell>{key.expires_at ? format.dateTime(key.expires_at) : t("keys.never")}</TableCell>
                      <TableCell align="right"><Button color="error" onClick={() => setRevoking(key)} aria-label={t("keys.revokeOf", { name: key.name })}>{t("keys.revoke")}</Button></TableCell>
                    </TableRow>
                  ))}
                </TableBody>
              </Table>
            </TableContainer>
          )}
        </Paper>
      )}
      {creating && <ApiKeyDialog onClose={() => setCreating(false)} />}
      <ConfirmDialog
        open={revoking !== null} danger title={t("keys.revokeTitle", { name: revoking?.name ?? "" })} text={t("keys.revokeText")} confirm={t("keys.revoke")}
        onClose={() => setRevoking(null)} onConfirm={() => { if (revoking) revoke.mutate(revoking); setRevoking(null); }}
      />
    </Box>
  );
}

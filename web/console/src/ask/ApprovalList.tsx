import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "../api/session";
import { useLocale } from "../i18n";
import { useReportProblem } from "../ui/notify";
import { approvalsQuery, decideApproval, withdrawApproval } from "./api";
import { useAskText } from "./texts";
import type { Approval } from "./types";

/**
 * Changes that wait for a colleague's yes, each with what its reader can do about it, and how others ended: as they stand
 * now, whenever they were told.
 */
export function ApprovalList({ approvals }: { approvals: Approval[] }) {
  const t = useAskText();
  const { data } = useQuery(approvalsQuery);
  const now = new Map([...data?.to_decide ?? [], ...data?.asked ?? []].map((approval) => [approval.id, approval]));
  return (
    <Box component="ul" aria-label={t("approvals.label")} sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1, flex: 1 }}>
      {approvals.map((approval) => <Item key={approval.id} asked={now.get(approval.id) ?? approval} />)}
    </Box>
  );
}

function Item({ asked }: { asked: Approval }) {
  const t = useAskText();
  const { format } = useLocale();
  const me = useMe();
  const client = useQueryClient();
  const report = useReportProblem();
  const [ended, setEnded] = useState<Approval>();
  const act = useMutation({
    mutationFn: (act: () => Promise<Approval>) => act(),
    onSuccess: setEnded,
    onError: report,
    onSettled: () => client.invalidateQueries({ queryKey: approvalsQuery.queryKey }),
  });
  const { id, state, title, asker, approver, reason, expires_at } = ended ?? asked;
  const mine = asker.id === me.id;
  const until = state === "pending" ? t("approvals.until", { when: format.dateTime(expires_at) }) : reason;
  const pressed = (label: "approve" | "decline" | "withdraw", does: () => Promise<Approval>) => (
    <Button variant={label === "approve" ? "contained" : "outlined"} disabled={act.isPending} aria-label={t("approvals.do", { how: t(`pressed.${label}`), what: title })} onClick={() => act.mutate(does)}>{t(`pressed.${label}`)}</Button>
  );
  return (
    <Box component="li" sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1 }}>
      <Box sx={{ flex: "1 1 200px", minWidth: 0, overflowWrap: "anywhere" }}>
        <Typography dir="auto">{title}</Typography>
        <Typography variant="body2" sx={{ color: "text.secondary" }}>
          {[mine ? t("approvals.of", { who: approver.name }) : t("approvals.by", { who: asker.name }), t(`approvals.${state}`), until].filter(Boolean).join(" · ")}
        </Typography>
      </Box>
      {state === "pending" && mine && pressed("withdraw", () => withdrawApproval(id))}
      {state === "pending" && !mine && <>{pressed("approve", () => decideApproval(id, true))}{pressed("decline", () => decideApproval(id, false))}</>}
    </Box>
  );
}

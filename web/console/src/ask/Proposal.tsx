import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useId, useState } from "react";
import { useObject } from "../api/schema";
import { useLocale } from "../i18n";
import { nameOf } from "../records/columns";
import { Hidden } from "../ui/Hidden";
import { Link } from "../ui/links";
import { changesOf, type Change } from "./changes";
import { useAskText } from "./texts";
import type { Answer, Button as Pressed } from "./types";
import { useNamed } from "./useNamed";

interface ProposalProps { answer: Answer; live: boolean; disabled: boolean; onPress: (button: Pressed) => void }

/** Exactly what would change, to be agreed to or not. */
export function Proposal({ answer, live, disabled, onPress }: ProposalProps) {
  const t = useAskText();
  const id = useId();
  const tools = useLocale();
  const { action, approval, records = [], understood } = answer;
  const [reason, setReason] = useState("");
  const object = useObject(answer.object ?? "");
  const [record] = useNamed(answer.object, records, live);
  const changes = changesOf(answer, object, record, tools);
  const title = action && object ? t(`proposal.${action}`, { object: object.label }) : understood;
  return (
    <Paper variant="outlined" role="group" aria-labelledby={id} sx={{ p: 1.5, display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 1 }}>
      <Typography id={id} variant="h3" dir="auto" sx={{ overflowWrap: "anywhere" }}>{title}</Typography>
      {record && object && <Link to="/records/$object/$id" params={{ object: object.name, id: record.id }} sx={{ overflowWrap: "anywhere", justifySelf: "start", minHeight: 24 }}><bdi>{nameOf(record)}</bdi></Link>}
      {action === "delete" && <Typography variant="body2" sx={{ color: "text.secondary" }}>{t("proposal.deletes")}</Typography>}
      {changes.length > 0 && <ChangeList changes={changes} />}
      {approval && <TextField size="small" label={t("approvals.reason")} disabled={disabled} value={reason} onChange={(event) => setReason(event.target.value)} slotProps={{ htmlInput: { maxLength: 500 } }} />}
      <Box sx={{ display: "flex", gap: 1 }}>
        <Button variant="contained" color={action === "delete" ? "error" : "primary"} disabled={disabled} onClick={() => onPress("confirm")}>{t(approval ? "pressed.approve" : "pressed.confirm")}</Button>
        <Button variant="outlined" disabled={disabled} onClick={() => onPress(approval ? { decline: reason } : "cancel")}>{t(approval ? "pressed.decline" : "pressed.cancel")}</Button>
      </Box>
    </Paper>
  );
}

function ChangeList({ changes }: { changes: Change[] }) {
  const t = useAskText();
  return (
    <Box component="dl" sx={{ m: 0, display: "grid", gridTemplateColumns: "minmax(72px, 34%) minmax(0, 1fr)", columnGap: 1, rowGap: 0.5 }}>
      {changes.map(({ name, label, before, after }) => (
        <Box key={name} sx={{ display: "contents" }}>
          <Box component="dt" sx={{ color: "text.secondary", overflowWrap: "anywhere" }}>{label}</Box>
          <Box component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}>
            {before && before !== after && <><Box component="del" sx={{ color: "text.secondary" }}><bdi>{before}</bdi></Box><Hidden> {t("proposal.becomes")} </Hidden><span aria-hidden> → </span></>}
            <strong><bdi>{after || "–"}</bdi></strong>
          </Box>
        </Box>
      ))}
    </Box>
  );
}

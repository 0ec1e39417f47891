import ArrowIcon from "@mui/icons-material/ArrowRightAlt";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { fieldOf } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { whoOf } from "../events/EventItem";
import { useLocale } from "../i18n";
import { Diff } from "./Diff";
import type { Revision } from "./revisions";
import type { Status } from "./steps";
import { StatusChip } from "./StatusChip";
import { useArticleText } from "./texts";

interface RevisionItemProps { object: ObjectDef; revision: Revision; newest: boolean; pending: boolean; onRestore?: () => void }

/** One revision: who, when, what; the words only when asked for. */
export function RevisionItem({ object, revision: { event, number, changes }, newest, pending, onRestore }: RevisionItemProps) {
  const t = useArticleText();
  const { format } = useLocale();
  const status = changes.find(({ field }) => field === "status");
  const words = changes.filter(({ field }) => field !== "status");
  const name = whoOf(event, t("event.system"));
  return (
    <Box component="li" sx={{ pb: 2, mb: 2, borderBottom: 1, borderColor: "divider" }}>
      <Typography variant="h3" component="h3">{t("revisions.number", { number })}{newest && ` · ${t("revisions.now")}`}</Typography>
      <Typography variant="body2" sx={{ color: "text.secondary" }}>
        {t(event.kind === "created" ? "revisions.created" : "revisions.by", { name })} · <time dateTime={event.at} title={format.dateTime(event.at)}>{format.ago(event.at)}</time>
      </Typography>
      {status && (
        <Box sx={{ display: "flex", alignItems: "center", gap: 0.5, my: 1 }}>
          {status.before && <><StatusChip status={status.before as Status} /><ArrowIcon aria-label={t("event.became")} sx={{ fontSize: 16, color: "text.secondary" }} /></>}
          <StatusChip status={status.after as Status} />
        </Box>
      )}
      {words.length > 0 && (
        <Box component="details" open={newest} sx={{ my: 0.5, "& summary": { cursor: "pointer" } }}>
          <summary>{t("revisions.changes")}: {words.map(({ field }) => fieldOf(object, field)?.label ?? field).join(", ")}</summary>
          {words.map(({ field, before, after }) => <Diff key={field} label={fieldOf(object, field)?.label ?? field} before={before} after={after} />)}
        </Box>
      )}
      {onRestore && <Button size="small" variant="outlined" disabled={pending} onClick={onRestore} aria-label={`${t("revisions.restore")}: ${t("revisions.number", { number })}`}>{t("revisions.restore")}</Button>}
    </Box>
  );
}

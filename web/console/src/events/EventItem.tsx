import UndoIcon from "@mui/icons-material/Undo";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useSchema } from "../api/schema";
import type { ChangeEvent } from "../api/types";
import { useLocale, type TextKey } from "../i18n";
import { Link } from "../ui/links";
import { Changes } from "./Changes";
import { useRevert } from "./useRevert";

/** One entry of the log. `of` is the record whose timeline it stands in, which need not be named again. */
export function EventItem({ event, of }: { event: ChangeEvent; of?: string }) {
  const { t, format } = useLocale();
  const object = useSchema().byName.get(event.object);
  const revert = useRevert(event);
  const changes = Object.entries(event.changes ?? {}).filter(([name]) => name !== "version");
  return (
    <Box component="li" sx={{ position: "relative", pl: 2.5, pb: 2, "&:not(:last-of-type)::before": { content: '""', position: "absolute", left: 4, top: 14, bottom: -6, width: "1px", bgcolor: "divider" } }}>
      <Box aria-hidden sx={{ position: "absolute", left: 0, top: 6, width: 9, height: 9, borderRadius: "50%", bgcolor: colours[event.kind] ?? "text.secondary" }} />
      <Box sx={{ display: "flex", gap: 1, alignItems: "flex-start" }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="body2" sx={{ overflowWrap: "anywhere" }}>
            <strong>{whoOf(event, t("event.system"))}</strong> {kindText(event.kind, t)}{" "}
            {event.record_id !== of && event.record_id !== event.by.id && <><span>{object?.label ?? event.object} </span><Link to="/records/$object/$id" params={{ object: event.object, id: event.record_id }} underline="always">{event.record_name || `…${event.record_id.slice(-6)}`}</Link></>}
          </Typography>
          <Typography sx={{ color: "text.secondary" }} variant="caption" component="p">
            <time dateTime={event.at} title={format.dateTime(event.at)}>{format.ago(event.at)}</time> · {t("event.via", { surface: surfaceText(event.via, t) })}{event.batch ? ` · ${t("event.inBatch")}` : ""}{event.asked_by ? ` · ${t("event.askedBy", { who: event.asked_by.name ?? "" })}` : ""}
          </Typography>
        </Box>
        {revert && <Button size="small" color="inherit" startIcon={<UndoIcon />} onClick={revert} aria-label={t("event.revertOf", { when: format.dateTime(event.at) })}>{t("event.revert")}</Button>}
      </Box>
      {changes.length > 0 && event.kind !== "created" && <Changes object={object} changes={changes} />}
      {changes.length > 0 && event.kind === "created" && (
        <Box component="details" sx={{ fontSize: "0.8125rem", "& summary": { cursor: "pointer", color: "text.secondary" } }}><summary>{t("event.values", { count: changes.length })}</summary><Changes object={object} changes={changes} /></Box>
      )}
    </Box>
  );
}

const colours: Record<string, string> = { created: "success.main", updated: "info.main", deleted: "error.main", restored: "success.main", merged: "secondary.main" };
const kinds = ["created", "updated", "deleted", "restored", "merged", "reverted", "shared", "defined", "password_changed", "signed_in", "signed_out"];
const surfaces = ["console", "portal", "rest", "graphql", "mcp", "web_chat", "slack", "teams", "discord", "email", "sms", "terminal", "import", "automation", "system"];

type Translate = ReturnType<typeof useLocale>["t"];
export const kindText = (kind: string, t: Translate) => (kinds.includes(kind) ? t(`event.kind.${kind}` as TextKey) : kind.replaceAll("_", " "));
export const surfaceText = (via: string, t: Translate) => (surfaces.includes(via) ? t(`surface.${via}` as TextKey) : via);
export const whoOf = (event: ChangeEvent, system: string) => event.by.name ?? event.by_name ?? (event.by.kind === "system" ? system : event.by.kind);

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { fieldOf, useObject } from "../api/schema";
import { useMe } from "../api/session";
import { optionLabel } from "../fields/valueText";
import { useLocale } from "../i18n";
import { Hidden } from "../ui/Hidden";
import { Link } from "../ui/links";
import { languageName } from "../values/format";
import { isUnread } from "./attention";
import { useSeen } from "./seen";
import { SentimentMark } from "./SentimentMark";
import type { Tab } from "./tabs";
import { useInboxText } from "./texts";
import { customerName, isWaiting, nameIn, type Conversation } from "./types";
import { useSeconds, waited } from "./waited";

/** One conversation in the list, with what helps to decide which comes next. */
export function ConversationItem({ conversation, tab, chosen }: { conversation: Conversation; tab: Tab; chosen: boolean }) {
  const t = useInboxText();
  const me = useMe();
  const seen = useSeen(me.id);
  const unread = tab !== "bot" && tab !== "solved" && !chosen && isUnread(conversation, seen) && (conversation.owner_id === null || conversation.owner_id === me.id);
  return (
    <Box component="li" sx={{ borderBottom: 1, borderColor: "divider" }}>
      <Link
        to="/inbox" search={{ tab, id: conversation.id }} aria-current={chosen ? "true" : undefined} underline="none" color="inherit"
        sx={{ display: "block", px: 2, py: 1.25, minHeight: 44, bgcolor: chosen ? "action.selected" : undefined, boxShadow: chosen ? "inset 3px 0 0 var(--mui-palette-primary-main)" : undefined, "&:hover": { bgcolor: chosen ? "action.selected" : "action.hover" }, "&:focus-visible": { outlineOffset: "-2px" } }}
      >
        <Box sx={{ display: "flex", alignItems: "baseline", gap: 1 }}>
          {unread && <Box component="span" sx={{ width: 8, height: 8, borderRadius: "50%", bgcolor: "primary.main", flex: "none", alignSelf: "center" }} />}
          <Typography noWrap sx={{ flex: 1, fontWeight: unread ? 700 : 600 }}>{customerName(conversation) ?? t("list.nobody")}{unread && <Hidden>, {t("list.unread")}</Hidden>}</Typography>
          <When conversation={conversation} />
        </Box>
        {conversation.subject && <Typography noWrap variant="body2" sx={{ color: unread ? "text.primary" : "text.secondary" }}>{conversation.subject}</Typography>}
        <Facts conversation={conversation} tab={tab} />
      </Link>
    </Box>
  );
}

/** How long it has waited, or when something was said last. */
function When({ conversation }: { conversation: Conversation }) {
  const { format } = useLocale();
  if (isWaiting(conversation) && conversation.queued_at) return <Ticking since={conversation.queued_at} />;
  const at = conversation.last_message_at ?? conversation.created_at;
  return <Typography component="time" dateTime={at} title={format.dateTime(at)} variant="caption" noWrap sx={{ color: "text.secondary", flex: "none" }}>{shortTime(at, format.language, format.zone)}</Typography>;
}

/** The time of day, or for what is older the day. */
function shortTime(at: string, language: string, timeZone: string): string {
  const recent = Date.now() - Date.parse(at) < 20 * 3600_000;
  return new Intl.DateTimeFormat(language, { timeZone, ...(recent ? { timeStyle: "short" } : { day: "numeric", month: "short" }) }).format(new Date(at));
}

function Ticking({ since }: { since: string }) {
  const t = useInboxText();
  const { format } = useLocale();
  const text = waited(since, useSeconds(), format.language);
  return (
    <Typography component="time" dateTime={since} title={format.dateTime(since)} variant="caption" sx={{ color: "warning.main", fontWeight: 650, fontVariantNumeric: "tabular-nums", flex: "none" }}>
      <span aria-hidden>{text}</span><Hidden>{t("list.waits", { time: text })}</Hidden>
    </Typography>
  );
}

function Facts({ conversation, tab }: { conversation: Conversation; tab: Tab }) {
  const t = useInboxText();
  const me = useMe();
  const { format } = useLocale();
  const reason = fieldOf(useObject("conversation"), "reason");
  const { owner_id, sentiment, language } = conversation;
  const owner = nameIn(conversation, "owner_id");
  const facts = [
    tab !== "mine" && owner && owner_id !== me.id ? t("list.for", { name: owner }) : undefined,
    conversation.reason && reason && conversation.reason !== "taken" ? optionLabel(reason, conversation.reason) : undefined,
    nameIn(conversation, "team_id"),
    language ? languageName(language, format.language) : undefined,
  ].filter((fact) => fact !== undefined);
  if (facts.length === 0 && !sentiment) return null;
  return (
    <Box sx={{ display: "flex", gap: 0.75, alignItems: "center", mt: 0.25 }}>
      <SentimentMark sentiment={sentiment} />
      <Typography noWrap variant="caption" sx={{ color: "text.secondary" }}>{facts.join(" · ")}</Typography>
    </Box>
  );
}

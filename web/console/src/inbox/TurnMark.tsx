import InfoIcon from "@mui/icons-material/InfoOutlined";
import IconButton from "@mui/material/IconButton";
import Tooltip from "@mui/material/Tooltip";
import { useLocale } from "../i18n";
import { useInboxText, type InboxKey, type InboxTranslate } from "./texts";
import type { Turn } from "./types";

const decisions = ["answered", "small_talk", "asked_back", "unanswered", "handed_over"];

/** How the bot came to say this, for who points at it or reaches it by keyboard. */
export function TurnMark({ turn }: { turn: Turn }) {
  const t = useInboxText();
  const { format } = useLocale();
  const text = [
    turn.decided && decisions.includes(turn.decided) ? t(`decided.${turn.decided}` as InboxKey) : undefined,
    sureness(turn.confidence, t, format.percent),
    turn.helpful === null ? undefined : t(turn.helpful ? "message.helpful" : "message.unhelpful"),
  ].filter(Boolean).join(" · ");
  if (!text) return null;
  return <Tooltip title={text} enterTouchDelay={0}><IconButton aria-label={text} sx={{ p: 0.5, my: -0.25 }}><InfoIcon sx={{ fontSize: 15 }} /></IconButton></Tooltip>;
}

export const sureness = (confidence: number | null | undefined, t: InboxTranslate, percent: (value: unknown) => string) =>
  (confidence === null || confidence === undefined ? undefined : t("message.confidence", { percent: percent(Math.round(confidence * 100)) }));

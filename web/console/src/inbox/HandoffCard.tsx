import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { fieldOf, useObject } from "../api/schema";
import { optionLabel } from "../fields/valueText";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { Link } from "../ui/links";
import { useInboxText } from "./texts";
import { sureness } from "./TurnMark";
import type { Conversation, Tried } from "./types";

/** Why the conversation came to a person: what was asked, and what the bot has tried. */
export function HandoffCard({ conversation: { reason, packet } }: { conversation: Conversation }) {
  const t = useInboxText();
  const field = fieldOf(useObject("conversation"), "reason");
  if (!reason && !packet) return null;
  const tried = packet?.tried ?? [];
  return (
    <Card title={t("handoff.title")}>
      {reason && <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", fontWeight: 600 }}>{field ? optionLabel(field, reason) : reason}{packet?.intent && <Chip label={packet.intent.name} variant="outlined" sx={{ height: 20 }} />}{packet?.urgent && <Chip label={t("handoff.urgent")} color="error" variant="outlined" sx={{ height: 20 }} />}</Box>}
      {packet?.question && <Part title={t("handoff.asked")}><Words text={packet.question} /></Part>}
      {packet?.said && packet.said !== packet.question && <Part title={t("handoff.said")}><Words text={packet.said} /></Part>}
      {packet && (
        <Part title={t("handoff.tried")}>
          {tried.length === 0 ? <Box sx={{ color: "text.secondary" }}>{t("handoff.nothingTried")}</Box> : <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }}>{tried.map((each, index) => <TriedArticle key={index} tried={each} />)}</Box>}
        </Part>
      )}
    </Card>
  );
}

function TriedArticle({ tried }: { tried: Tried }) {
  const t = useInboxText();
  const { format } = useLocale();
  const title = [tried.title ?? tried.question, tried.heading].filter(Boolean).join(" › ");
  const facts = [tried.told === false ? t("handoff.untold") : undefined, sureness(tried.confidence, t, format.percent), typeof tried.helpful === "boolean" ? t(tried.helpful ? "message.helpful" : "message.unhelpful") : undefined].filter(Boolean).join(" · ");
  return (
    <Box component="li" sx={{ mb: 0.5, overflowWrap: "anywhere" }}>
      {tried.article ? <Link to="/records/$object/$id" params={{ object: "article", id: tried.article }} underline="always">{title}</Link> : title}
      {facts && <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>{facts}</Typography>}
    </Box>
  );
}

const Words = ({ text }: { text: string }) => <Box sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{text}</Box>;

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Box sx={{ mt: 1 }}>
      <Typography variant="caption" component="h3" sx={{ color: "text.secondary", m: 0 }}>{title}</Typography>
      {children}
    </Box>
  );
}

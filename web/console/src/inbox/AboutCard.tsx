import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";
import { useQuery } from "@tanstack/react-query";
import type { JSX } from "react";
import { recordQuery } from "../api/records";
import { fieldOf, useObject, useSchema } from "../api/schema";
import { optionLabel } from "../fields/valueText";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { Link } from "../ui/links";
import { languageName } from "../values/format";
import { SentimentMark } from "./SentimentMark";
import { useInboxText } from "./texts";
import { nameIn, type Conversation } from "./types";

/** The facts of a conversation that are known without reading it. */
export function AboutCard({ conversation }: { conversation: Conversation }) {
  const t = useInboxText();
  const { format } = useLocale();
  const sentiment = fieldOf(useObject("conversation"), "sentiment");
  const { page, language, rating, rating_comment: comment } = conversation;
  const rows: [string, JSX.Element | string | number | null | undefined][] = [
    [t("about.ticket"), conversation.ticket_id && <TicketLink id={conversation.ticket_id} name={nameIn(conversation, "ticket_id")} />],
    [t("about.page"), page && (/^https?:\/\//i.test(page) ? <MuiLink href={page} target="_blank" rel="noopener noreferrer">{page.replace(/^https?:\/\//i, "")}</MuiLink> : page)],
    [t("about.language"), language && languageName(language, format.language)],
    [t("about.sentiment"), conversation.sentiment && <Box component="span" sx={{ display: "inline-flex", gap: 0.5, alignItems: "center" }}>{sentiment ? optionLabel(sentiment, conversation.sentiment) : conversation.sentiment}<span aria-hidden><SentimentMark sentiment={conversation.sentiment} /></span></Box>],
    [t("about.team"), nameIn(conversation, "team_id")],
    [t("about.since"), format.dateTime(conversation.created_at)],
    [t("about.rating"), rating && [t("about.ratingOf", { stars: rating }), comment].filter(Boolean).join(": ")],
  ];
  return (
    <Card title={t("about.title")}>
      <Box component="dl" sx={{ m: 0, display: "grid", gridTemplateColumns: "auto minmax(0, 1fr)", columnGap: 1.5, rowGap: 0.5 }}>
        {rows.filter(([, value]) => value).map(([label, value]) => (
          <Box key={label} sx={{ display: "contents" }}>
            <Box component="dt" sx={{ color: "text.secondary" }}>{label}</Box>
            <Box component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}>{value}</Box>
          </Box>
        ))}
      </Box>
    </Card>
  );
}

function TicketLink({ id, name }: { id: string; name?: string }) {
  const object = useSchema().byName.get("ticket");
  const { data: ticket } = useQuery({ ...recordQuery("ticket", id), enabled: object !== undefined });
  const label = (field: string) => { const found = fieldOf(object, field); return found && ticket?.[field] ? optionLabel(found, ticket[field]) : undefined; };
  const number = typeof ticket?.number === "string" ? ticket.number : undefined;
  return (
    <>
      <Link to="/records/$object/$id" params={{ object: "ticket", id }}>{[number, ticket?.name ?? name].filter(Boolean).join(" ")}</Link>
      <Box sx={{ color: "text.secondary", fontSize: "0.8125rem" }}>{[label("status"), label("priority")].filter(Boolean).join(" · ")}</Box>
    </>
  );
}

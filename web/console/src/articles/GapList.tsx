import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { mayAnswer, useObject, useSchema } from "../api/schema";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { ButtonLink, Link } from "../ui/links";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { languageName } from "../values/format";
import { gapsQuery, questionQuery, type Gap } from "./gaps";
import type { Days } from "./period";
import { useArticleText } from "./texts";

/** What customers asked and no article told them, the most frequent first. */
export function GapList({ days }: { days: Days }) {
  const t = useArticleText();
  const { data, error, refetch } = useQuery(gapsQuery(days));
  return (
    <Card title={t("gaps.title")} dense>
      <Typography variant="body2" sx={{ color: "text.secondary", px: 2, py: 1.5 }}>{t("gaps.about")}</Typography>
      {error && <Box sx={{ p: 2 }}><ProblemAlert error={error} onRetry={() => void refetch()} /></Box>}
      {!data && !error && <Box sx={{ p: 2 }}><Waiting lines={4} /></Box>}
      {data?.gaps.length === 0 && <EmptyState title={t("gaps.none")} text={t("gaps.noneText")} />}
      <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }}>{data?.gaps.map((gap) => <GapItem key={gap.key} gap={gap} days={days} />)}</Box>
      {data?.more && <Typography variant="body2" sx={{ color: "text.secondary", p: 2 }}>{t("gaps.more")}</Typography>}
    </Card>
  );
}

function GapItem({ gap, days }: { gap: Gap; days: Days }) {
  const t = useArticleText();
  const { format, language } = useLocale();
  const schema = useSchema();
  const mayWrite = useObject("article")?.rights.create === true;
  const mayTeach = useObject("intent_example")?.rights.create === true;
  const { data, isPending } = useQuery(questionQuery(days, gap.key));
  const turn = data?.records[0];
  const question = typeof turn?.heard === "string" && turn.heard.trim() ? turn.heard.trim() : gap.key;
  const spoken = typeof turn?.language === "string" ? turn.language : undefined;
  const conversation = typeof turn?.conversation_id === "string" ? turn.conversation_id : undefined;
  const facts = [`${t("gaps.last")} ${format.ago(gap.last)}`, spoken && languageName(spoken, language)].filter(Boolean).join(" · ");
  return (
    <Box component="li" sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1.5, px: 2, py: 1.25, borderTop: 1, borderColor: "divider" }}>
      <Box sx={{ minWidth: 64, fontWeight: 650, fontVariantNumeric: "tabular-nums" }}>{t("gaps.times", { count: gap.count })}</Box>
      <Box sx={{ flex: "1 1 240px", minWidth: 0, overflowWrap: "anywhere" }}>
        <Box lang={spoken}>{isPending ? <Skeleton /> : question}</Box>
        <Typography variant="caption" sx={{ color: "text.secondary" }}>
          {facts}
          {conversation && mayAnswer(schema) && <> · <Link to="/inbox" search={{ id: conversation }} underline="always">{t("gaps.conversation")}</Link></>}
        </Typography>
      </Box>
      {mayTeach && <ButtonLink to="/intents" search={{ question: titleOf(question) }} aria-label={t("gaps.teachOn", { question })}>{t("gaps.teach")}</ButtonLink>}
      {mayWrite && <ButtonLink variant="outlined" to="/articles/new" search={{ values: { title: titleOf(question), language: spoken } }} aria-label={t("gaps.writeOn", { question })}>{t("gaps.write")}</ButtonLink>}
    </Box>
  );
}

/** A title is one line. */
const titleOf = (question: string) => question.replaceAll(/\s+/g, " ").slice(0, 200);

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { countOf, decisionsQuery, helpfulQuery, reasonsQuery, returnsQuery, totalOf } from "./figures";
import type { Days } from "./period";
import { useArticleText } from "./texts";

/** What the bot did in a period, and what came of it. */
export function Figures({ days }: { days: Days }) {
  const t = useArticleText();
  const decisions = useQuery(decisionsQuery(days));
  const helpful = useQuery(helpfulQuery(days));
  const reasons = useQuery(reasonsQuery(days));
  const returns = useQuery(returnsQuery(days));
  const all = [decisions, helpful, reasons, returns];
  const failed = all.find((query) => query.error);
  const total = totalOf(decisions.data);
  const count = (key: string) => countOf(decisions.data, key);
  const answers = totalOf(helpful.data);
  const reached = totalOf(reasons.data);
  return (
    <Card title={t("figures.title")}>
      {failed && <ProblemAlert error={failed.error} onRetry={() => { for (const query of all) void query.refetch(); }} />}
      {!failed && all.some((query) => query.isPending) && <Waiting lines={8} />}
      {decisions.data && total === 0 && t("figures.none")}
      {total > 0 && (
        <Box sx={{ display: "grid", gap: 3 }}>
          <Part title={t("figures.turns", { count: total })}>
            <Bars total={total} rows={[
              [t("figures.answered"), count("answered")], [t("figures.unanswered"), count("unanswered")], [t("figures.handedOver"), count("handed_over")],
              [t("figures.others"), count("small_talk") + count("asked_back")],
            ]} />
          </Part>
          <Part title={t("figures.helpful")}>
            {answers === 0 ? t("figures.noAnswers") : <Bars total={answers} rows={[[t("figures.yes"), countOf(helpful.data, true)], [t("figures.no"), countOf(helpful.data, false)], [t("figures.unrated"), countOf(helpful.data, null)]]} />}
          </Part>
          <Part title={t("figures.why")}>
            {reached === 0 ? t("figures.nobody") : <Bars total={reached} rows={[...(reasons.data?.groups ?? [])].sort((a, b) => Number(b.values[0]) - Number(a.values[0])).map(({ labels: [label], values: [value] }) => [label ?? t("figures.noReason"), Number(value)])} />}
          </Part>
          {returns.data && (
            <Part title={t("figures.back")}>
              {returns.data.answered === 0 ? t("figures.noAnswers") : <Bars total={returns.data.answered} rows={[[t("figures.backOf", { back: returns.data.back, answered: returns.data.answered }), returns.data.back]]} />}
              <Typography variant="caption" component="p" sx={{ color: "text.secondary", mt: 0.5 }}>{t("figures.backHow")}{!returns.data.complete && ` ${t("figures.backPart")}`}</Typography>
            </Part>
          )}
        </Box>
      )}
    </Card>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => <div><Typography variant="h3" sx={{ mb: 0.75 }}>{title}</Typography>{children}</div>;

/** Counts with their share of a whole; the bars only repeat it for the eye. */
function Bars({ total, rows }: { total: number; rows: [string, number][] }) {
  const { format } = useLocale();
  return (
    <Box component="dl" sx={{ m: 0, display: "grid", gap: 0.75 }}>
      {rows.map(([label, count]) => {
        const share = total > 0 ? (100 * count) / total : 0;
        return (
          <Box key={label} sx={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr) auto", columnGap: 1, alignItems: "baseline" }}>
            <Box component="dt" sx={{ overflowWrap: "anywhere" }}>{label}</Box>
            <Box component="dd" sx={{ m: 0, fontVariantNumeric: "tabular-nums" }}><strong>{format.number(count)}</strong> <Box component="span" sx={{ color: "text.secondary" }}>{format.percent(Math.round(share))}</Box></Box>
            <Box component="dd" aria-hidden sx={{ gridColumn: "1 / -1", m: 0, height: 6, borderRadius: 3, bgcolor: "action.hover", overflow: "hidden" }}><Box sx={{ width: `${share}%`, height: 1, bgcolor: "primary.main" }} /></Box>
          </Box>
        );
      })}
    </Box>
  );
}

import DownloadIcon from "@mui/icons-material/DownloadOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Typography from "@mui/material/Typography";
import { visuallyHidden } from "@mui/utils";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { aggregateQuery } from "../api/records";
import { useObject } from "../api/schema";
import { useLocale } from "../i18n";
import { chartQuery } from "./api";
import { BarChart } from "./BarChart";
import { barsOf, pictureAddress } from "./chart";
import { aggregateOf, barsNow, barsThen } from "./figures";
import { FigureTable } from "./FigureTable";
import { useAskText } from "./texts";
import type { Answer, Chart } from "./types";
import { useGround } from "./useGround";

const DrawnChart = lazy(() => import("./DrawnChart"));

const atOnce = 15;
/** A few more are shown rather than hidden behind a button. */
const slack = 3;

/** A figure for each group, drawn or as a table. They follow what changes as long as they are among the last. */
export function Groups({ answer, live }: { answer: Answer; live: boolean }) {
  const t = useAskText();
  const locale = useLocale();
  const { object: name = "", query, understood, conversation, turn } = answer;
  const object = useObject(name);
  const [as, setAs] = useState<"chart" | "table">(answer.as_table || !answer.chart ? "table" : "chart");
  const [all, setAll] = useState(false);
  const { data } = useQuery({ ...aggregateQuery(name, query ? aggregateOf(query) : { measures: [] }), enabled: live && query !== undefined && object !== undefined });
  const drawn = useQuery({ ...chartQuery(name, conversation, turn), enabled: live && answer.chart !== undefined });
  const chart = drawn.data ?? answer.chart;
  const tools = { ...locale, none: t("chart.nothing") };
  const bars = data && query ? barsNow(data, query, object, tools) : barsThen(answer, object, tools);
  if (bars.length === 0) return <Typography>{t("records.none")}</Typography>;
  const shown = all || bars.length <= atOnce + slack ? bars : bars.slice(0, atOnce);
  return (
    <div>
      {chart && (
        <Box sx={{ display: "flex", alignItems: "center", mb: 1 }}>
          <ToggleButtonGroup exclusive size="small" value={as} aria-label={t("chart.as")} onChange={(_, next: "chart" | "table" | null) => { if (next) setAs(next); }}>
            <ToggleButton value="chart" sx={{ py: 0.25, textTransform: "none" }}>{t("chart.chart")}</ToggleButton>
            <ToggleButton value="table" sx={{ py: 0.25, textTransform: "none" }}>{t("chart.table")}</ToggleButton>
          </ToggleButtonGroup>
          <Box sx={{ flex: 1 }} />
          {as === "chart" && <Picture conversation={conversation} turn={turn} />}
        </Box>
      )}
      {chart && as === "chart" && <Drawing chart={chart} />}
      {/* Those who listen have the table in either case. */}
      <Box sx={chart && as === "chart" ? visuallyHidden : undefined}><FigureTable bars={shown} label={understood} /></Box>
      {as === "table" && shown.length < bars.length && <Button onClick={() => setAll(true)} sx={{ mt: 0.5 }}>{t("chart.all", { count: bars.length })}</Button>}
    </div>
  );
}

function Drawing({ chart }: { chart: Chart }) {
  const t = useAskText();
  const { format: { language } } = useLocale();
  const label = t(`chart.${chart.kind}`, { what: chart.title });
  return (
    <>
      {chart.kind === "bar" && chart.series.length === 1
        ? <BarChart bars={barsOf(chart, language)} label={label} />
        : <Box role="img" aria-label={label}><Suspense fallback={<Box sx={{ height: 260 }} />}><DrawnChart chart={chart} /></Suspense></Box>}
      {chart.notes?.map((note) => <Typography key={note} variant="body2" dir="auto" sx={{ color: "text.secondary", mt: 0.5, overflowWrap: "anywhere" }}>{note}</Typography>)}
    </>
  );
}

function Picture({ conversation, turn }: { conversation: string; turn: number }) {
  const t = useAskText();
  const ground = useGround();
  return (
    <IconButton size="small" component="a" href={pictureAddress(conversation, turn, ground)} download="chart.png" aria-label={t("chart.picture")} title={t("chart.picture")}>
      <DownloadIcon fontSize="small" />
    </IconButton>
  );
}

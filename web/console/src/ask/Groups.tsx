import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Typography from "@mui/material/Typography";
import { visuallyHidden } from "@mui/utils";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { aggregateQuery } from "../api/records";
import { useObject } from "../api/schema";
import { useLocale } from "../i18n";
import { BarChart } from "./BarChart";
import { aggregateOf, barsNow, barsThen, type Bar } from "./figures";
import { useAskText } from "./texts";
import type { Answer } from "./types";

const atOnce = 15;
/** A few more are shown rather than hidden behind a button. */
const slack = 3;

/** A figure for each group, as bars or as a table. They follow what changes as long as they are among the last. */
export function Groups({ answer, live }: { answer: Answer; live: boolean }) {
  const t = useAskText();
  const locale = useLocale();
  const { object: name = "", query, understood } = answer;
  const object = useObject(name);
  const [as, setAs] = useState<"chart" | "table">("chart");
  const [all, setAll] = useState(false);
  const { data } = useQuery({ ...aggregateQuery(name, query ? aggregateOf(query) : { measures: [] }), enabled: live && query !== undefined && object !== undefined });
  const tools = { ...locale, none: t("chart.nothing") };
  const bars = data && query ? barsNow(data, query, object, tools) : barsThen(answer, object, tools);
  if (bars.length === 0) return <Typography>{t("records.none")}</Typography>;
  const shown = all || bars.length <= atOnce + slack ? bars : bars.slice(0, atOnce);
  return (
    <div>
      <ToggleButtonGroup exclusive size="small" value={as} aria-label={t("chart.as")} onChange={(_, next: "chart" | "table" | null) => { if (next) setAs(next); }} sx={{ mb: 1 }}>
        <ToggleButton value="chart" sx={{ py: 0.25, textTransform: "none" }}>{t("chart.chart")}</ToggleButton>
        <ToggleButton value="table" sx={{ py: 0.25, textTransform: "none" }}>{t("chart.table")}</ToggleButton>
      </ToggleButtonGroup>
      {as === "chart" && <BarChart bars={shown} label={t("chart.label", { what: understood })} />}
      {/* Those who listen have the table in either case. */}
      <Box sx={as === "chart" ? visuallyHidden : undefined}><FigureTable bars={shown} label={understood} /></Box>
      {shown.length < bars.length && <Button onClick={() => setAll(true)} sx={{ mt: 0.5 }}>{t("chart.all", { count: bars.length })}</Button>}
    </div>
  );
}

function FigureTable({ bars, label }: { bars: Bar[]; label: string }) {
  const t = useAskText();
  return (
    <Box sx={{ border: 1, borderColor: "divider", borderRadius: 1 }}>
      <Table size="small" aria-label={label} sx={{ "& td, & th": { px: 1, py: 0.5 }, "& tr:last-child td, & tbody tr:last-child th": { borderBottom: 0 } }}>
        <TableHead><TableRow><TableCell>{t("chart.group")}</TableCell><TableCell align="right">{t("chart.value")}</TableCell></TableRow></TableHead>
        <TableBody>
          {bars.map((bar) => (
            <TableRow key={bar.key}>
              <TableCell component="th" scope="row" dir="auto" sx={{ overflowWrap: "anywhere" }}>{bar.label}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>{bar.text}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

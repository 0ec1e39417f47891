import useMediaQuery from "@mui/material/useMediaQuery";
import { BarChart } from "@mui/x-charts/BarChart";
import { LineChart } from "@mui/x-charts/LineChart";
import { PieChart } from "@mui/x-charts/PieChart";
import { useLocale } from "../i18n";
import { axisText, categoriesOf, rowColours, withFigure } from "./chart";
import type { Chart } from "./types";
import { useGround } from "./useGround";

const height = 260;
const bottomLegend = { legend: { direction: "horizontal", position: { vertical: "bottom" } } } as const;

/** Lines, pies and bars in several rows. It comes with the first of them: single bars need none of it. */
export default function DrawnChart({ chart }: { chart: Chart }) {
  const { format } = useLocale();
  const still = useMediaQuery("(prefers-reduced-motion: reduce)");
  const colors = rowColours(useGround());
  const categories = categoriesOf(chart, format.language);
  const figures = { valueFormatter: (value: number) => axisText(value, chart.unit, format), width: 64 };
  const series = chart.series.map(({ name, values, shown }) => ({
    label: chart.series.length > 1 ? name : undefined, data: values,
    valueFormatter: (_: number | null, { dataIndex }: { dataIndex: number }) => shown[dataIndex] ?? "–",
  }));
  const common = { height, colors, skipAnimation: still, grid: { horizontal: true }, hideLegend: series.length < 2, slotProps: bottomLegend };
  switch (chart.kind) {
    case "line": return (
      <LineChart
        {...common} margin={{ left: 0, right: 16 }} xAxis={[{ scaleType: "point", data: categories }]} yAxis={[figures]}
        series={series.map((row) => ({ ...row, curve: "linear", showMark: categories.length <= 40 }))}
      />
    );
    case "pie": return (
      <PieChart
        height={height + 24 * Math.ceil(categories.length / 2)} colors={colors} skipAnimation={still} slotProps={bottomLegend}
        series={[{
          innerRadius: "52%", valueFormatter: (_, { dataIndex }) => chart.series[0]?.shown[dataIndex] ?? "–",
          data: categories.map((label, id) => ({ id, label: (place) => (place === "legend" ? withFigure(chart, label, id) : label), value: chart.series[0]?.values[id] ?? 0 })),
        }]}
      />
    );
    case "bar": return (
      <BarChart
        {...common} layout="horizontal" grid={{ vertical: true }} margin={{ left: 0, right: 16 }} height={80 + categories.length * (12 + 16 * series.length)}
        xAxis={[{ valueFormatter: figures.valueFormatter }]} yAxis={[{ scaleType: "band", data: categories, width: 110 }]} series={series}
      />
    );
  }
}

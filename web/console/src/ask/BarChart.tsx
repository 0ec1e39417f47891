import Box from "@mui/material/Box";
import type { Bar } from "./figures";

/** Bars from left to right, longest for the greatest figure; one below zero has its own colour. */
export function BarChart({ bars, label }: { bars: Bar[]; label: string }) {
  const greatest = Math.max(...bars.map(({ value }) => Math.abs(value ?? 0)), 0);
  return (
    <Box role="img" aria-label={label} sx={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 0.75 }}>
      {bars.map((bar) => {
        const share = greatest > 0 ? (100 * Math.abs(bar.value ?? 0)) / greatest : 0;
        return (
          <Box key={bar.key} sx={{ display: "grid", gridTemplateColumns: "minmax(72px, 30%) minmax(0, 1fr) auto", columnGap: 1, alignItems: "center", fontSize: "0.8125rem" }}>
            <Box dir="auto" sx={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }} title={bar.label}>{bar.label}</Box>
            <svg width="100%" height="14" preserveAspectRatio="none" viewBox="0 0 100 14" focusable="false">
              <Box component="rect" width={100} height={14} rx={1} sx={{ fill: "var(--mui-palette-action-hover)" }} />
              <Box component="rect" width={share} height={14} rx={1} sx={{ fill: `var(--mui-palette-${(bar.value ?? 0) < 0 ? "error" : "primary"}-main)` }} />
            </svg>
            <Box sx={{ fontVariantNumeric: "tabular-nums", textAlign: "end", minWidth: 40, whiteSpace: "nowrap" }}>{bar.text}</Box>
          </Box>
        );
      })}
    </Box>
  );
}

import Box from "@mui/material/Box";
import { Hidden } from "../ui/Hidden";
import { compare, type DiffRow } from "./diff";
import { useArticleText } from "./texts";

/** What a text was and what it became, line by line; told by signs and words, not by colour alone. */
export function Diff({ label, before, after }: { label: string; before: string; after: string }) {
  const t = useArticleText();
  return (
    <Box role="group" aria-label={t("diff.label", { field: label })} sx={{ my: 1, border: 1, borderColor: "divider", borderRadius: 1, overflow: "hidden", fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace", fontSize: "0.8125rem", lineHeight: 1.5 }}>
      {compare(before, after).map((row, index) => <Row key={index} row={row} />)}
    </Box>
  );
}

function Row({ row }: { row: DiffRow }) {
  const t = useArticleText();
  if (row.kind === "skipped") return <Box sx={{ px: 1, py: 0.25, color: "text.secondary", bgcolor: "action.hover", fontStyle: "italic" }}>… {t("diff.same", { count: row.count })}</Box>;
  const changed = row.kind !== "same";
  return (
    <Box component={row.kind === "added" ? "ins" : row.kind === "removed" ? "del" : "div"} sx={[line, changed && (row.kind === "added" ? added : removed)]}>
      <Box component="span" aria-hidden sx={{ flex: "none", width: "1.5em", userSelect: "none" }}>{changed ? (row.kind === "added" ? "+" : "−") : ""}</Box>
      {changed && <Hidden>{t(row.kind === "added" ? "diff.added" : "diff.removed")}: </Hidden>}
      <Box component="span" sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere", minWidth: 0 }}>{row.text || " "}</Box>
    </Box>
  );
}

const line = { display: "flex", px: 1, textDecoration: "none", borderLeft: 3, borderColor: "transparent" };
const tint = (colour: string) => `color-mix(in srgb, var(--mui-palette-${colour}-main) 14%, transparent)`;
const added = { bgcolor: tint("success"), borderColor: "success.main" };
const removed = { bgcolor: tint("error"), borderColor: "error.main" };

import Box from "@mui/material/Box";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useSchema } from "../api/schema";
import { Figures } from "../articles/Figures";
import { GapList } from "../articles/GapList";
import { isDays, periods, type Days } from "../articles/period";
import { useArticleText } from "../articles/texts";
import { NotFound } from "../ui/NotFound";
import { PageHeader } from "../ui/PageHeader";

/** What the knowledge base lacks, and how the bot does with what is there. */
export function KnowledgePage() {
  return useSchema().byName.get("bot_turn")?.rights.read ? <Knowledge /> : <NotFound />;
}

function Knowledge() {
  const t = useArticleText();
  const navigate = useNavigate();
  const { days: asked } = useSearch({ from: "/app/knowledge" });
  const days = isDays(asked) ? asked : 30;
  return (
    <>
      <PageHeader title={t("knowledge.title")}>
        <ToggleButtonGroup exclusive size="small" value={days} aria-label={t("knowledge.period")} onChange={(_, next: Days | null) => { if (next) void navigate({ to: "/knowledge", search: { days: next }, replace: true }); }}>
          {periods.map((each) => <ToggleButton key={each} value={each} sx={{ py: 0.25, textTransform: "none" }}>{t("knowledge.days", { count: each })}</ToggleButton>)}
        </ToggleButtonGroup>
      </PageHeader>
      <Box sx={{ display: "grid", gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 3fr) minmax(0, 2fr)" }, columnGap: 2, alignItems: "start" }}>
        <GapList days={days} />
        <Figures days={days} />
      </Box>
    </>
  );
}

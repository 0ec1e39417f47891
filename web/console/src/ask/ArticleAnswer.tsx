import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { Link } from "../ui/links";
import { useAskText } from "./texts";
import type { Answer } from "./types";

/** What an article says, and where it says so. */
export function ArticleAnswer({ answer: { answer, source, confidence } }: { answer: Answer }) {
  const t = useAskText();
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 0.75 }}>
      <Typography dir="auto" sx={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>{answer}</Typography>
      {source && (
        <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
          <Link to="/articles/$id" params={{ id: source.article }} dir="auto" sx={{ overflowWrap: "anywhere", minWidth: 0 }}>
            {source.heading ? `${source.title} · ${source.heading}` : source.title}
          </Link>
          {source.internal && <Chip size="small" variant="outlined" label={t("article.internal")} />}
          <Typography variant="body2" sx={{ color: "text.secondary" }}>{t("article.sure", { percent: Math.round(confidence * 100) })}</Typography>
        </Box>
      )}
    </Box>
  );
}

import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import { useQuery } from "@tanstack/react-query";
import { suggestionsQuery } from "./api";
import { useAskText } from "./texts";

/** Questions that are understood here; a press asks one. They are a help: where they cannot be had, nothing is missing. */
export function Suggestions({ onAsk, disabled, most = 8 }: { onAsk: (text: string) => void; disabled?: boolean; most?: number }) {
  const t = useAskText();
  const { data = [] } = useQuery(suggestionsQuery);
  if (data.length === 0) return null;
  return (
    <Box component="ul" aria-label={t("ask.suggestions")} sx={{ listStyle: "none", m: 0, p: 0, display: "flex", flexWrap: "wrap", gap: 0.75 }}>
      {data.slice(0, most).map((text) => (
        <Box component="li" key={text} sx={{ maxWidth: "100%" }}>
          <Chip variant="outlined" clickable disabled={disabled} component="button" type="button" label={<bdi>{text}</bdi>} onClick={() => onAsk(text)} sx={{ height: "auto", minHeight: 28, maxWidth: "100%", "& .MuiChip-label": { whiteSpace: "normal", py: 0.5, overflowWrap: "anywhere", textAlign: "start" } }} />
        </Box>
      ))}
    </Box>
  );
}

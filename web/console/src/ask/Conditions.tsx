import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import CloseIcon from "@mui/icons-material/Close";
import { useAskText } from "./texts";

/** The conditions of a question; a press asks again without one. */
export function Conditions({ conditions, disabled, onRemove }: { conditions: string[]; disabled: boolean; onRemove: (place: number) => void }) {
  const t = useAskText();
  if (conditions.length === 0) return null;
  return (
    <Box component="ul" aria-label={t("ask.conditions")} sx={{ listStyle: "none", m: 0, p: 0, display: "flex", flexWrap: "wrap", gap: 0.5 }}>
      {conditions.map((condition, place) => (
        <Box component="li" key={place} sx={{ maxWidth: "100%" }}>
          <Chip
            component="button" type="button" clickable disabled={disabled} title={t("ask.without", { condition })} aria-label={t("ask.without", { condition })} onClick={() => onRemove(place)}
            label={<Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 0.5 }}><bdi>{condition}</bdi><CloseIcon aria-hidden sx={{ fontSize: 14, flex: "none" }} /></Box>}
            sx={{ height: "auto", minHeight: 26, maxWidth: "100%", "& .MuiChip-label": { whiteSpace: "normal", overflowWrap: "anywhere", py: 0.25, textAlign: "start" } }}
          />
        </Box>
      ))}
    </Box>
  );
}

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useAskText } from "./texts";

/** What can be answered by one press: readings of what was asked, or times. */
export function Offers({ offers, disabled, onTake }: { offers: string[]; disabled: boolean; onTake: (place: number) => void }) {
  const t = useAskText();
  return (
    <Box component="ul" aria-label={t("offers.label")} sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 0.75 }}>
      {offers.map((offer, place) => (
        <li key={offer}>
          <Button fullWidth variant="outlined" disabled={disabled} onClick={() => onTake(place)} sx={{ justifyContent: "flex-start", textAlign: "start", overflowWrap: "anywhere" }}>
            <bdi>{offer}</bdi>
          </Button>
        </li>
      ))}
    </Box>
  );
}

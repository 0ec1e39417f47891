import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useMe } from "../api/session";
import { Suggestions } from "./Suggestions";
import { useAskText } from "./texts";

/** What stands in an empty conversation. */
export function Greeting({ onAsk }: { onAsk: (text: string) => void }) {
  const t = useAskText();
  const { name } = useMe();
  return (
    <Box sx={{ display: "grid", gap: 1.5, py: 2 }}>
      <Typography variant="h3" sx={{ fontSize: "1rem", overflowWrap: "anywhere" }}>{t("ask.greeting", { name: name.split(/\s+/)[0] ?? name })}</Typography>
      <Typography sx={{ color: "text.secondary" }}>{t("ask.about")}</Typography>
      <Suggestions onAsk={onAsk} />
    </Box>
  );
}

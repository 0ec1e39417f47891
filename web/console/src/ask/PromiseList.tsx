import StopIcon from "@mui/icons-material/NotificationsOffOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useLocale } from "../i18n";
import { useAskText } from "./texts";
import type { Promised } from "./types";

interface PromiseListProps { promises: Promised[]; disabled?: boolean; onStop: (id: string) => void }

/** What the bot does by itself, each with a way to stop it. */
export function PromiseList({ promises, disabled, onStop }: PromiseListProps) {
  const t = useAskText();
  const { format } = useLocale();
  if (promises.length === 0) return null;
  return (
    <Box component="ul" aria-label={t("promises.label")} sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1, flex: 1 }}>
      {promises.map(({ id, kind, title, when, next_at: next }) => (
        <Box component="li" key={id} sx={{ display: "flex", alignItems: "center", gap: 1 }}>
          <Box sx={{ flex: 1, minWidth: 0, overflowWrap: "anywhere" }}>
            <Typography dir="auto">{title}</Typography>
            <Typography variant="body2" sx={{ color: "text.secondary" }}>
              {[t(`promises.${kind}`), when, next && kind !== "remind" ? t("promises.next", { when: format.dateTime(next) }) : ""].filter(Boolean).join(" · ")}
            </Typography>
          </Box>
          <Button variant="outlined" startIcon={<StopIcon />} disabled={disabled} aria-label={t("promises.stopThis", { what: title })} onClick={() => onStop(id)}>{t("pressed.stop")}</Button>
        </Box>
      ))}
    </Box>
  );
}

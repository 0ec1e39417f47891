import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { Problem } from "../api/client";
import { Hidden } from "../ui/Hidden";
import { problemText } from "../ui/problem";
import { AnswerBody } from "./AnswerBody";
import { useAskText } from "./texts";
import type { Exchange as Said } from "./turns";
import type { Answer, Button as Pressed } from "./types";

export interface ExchangeProps {
  exchange: Said;
  /** Whether what it proposes or asks back still waits. */
  open: boolean;
  undo: boolean;
  live: boolean;
  busy: boolean;
  onPress: (answer: Answer, button: Pressed) => void;
  onRetry: () => void;
  onAsk: (text: string) => void;
}

/** What somebody said and what the bot answered. */
export function Exchange(props: ExchangeProps) {
  const t = useAskText();
  const { exchange: { said, answer, error, byItself }, busy, onRetry } = props;
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 1 }}>
      {!byItself && <Box dir="auto" sx={{ justifySelf: "end", maxWidth: "88%", px: 1.25, py: 0.75, borderRadius: 2, bgcolor: "primary.main", color: "primary.contrastText", whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        <Hidden>{t("ask.you")}: </Hidden>{said}
      </Box>}
      {error !== undefined && (
        <Alert severity="error" variant="outlined" action={<Button color="inherit" disabled={busy} onClick={onRetry} sx={{ whiteSpace: "nowrap" }}>{t("action.retry")}</Button>}>
          {error instanceof Problem && error.status === 429 ? t("ask.tooMany") : `${t("ask.failed")} ${problemText(error, t)}`}
        </Alert>
      )}
      {!answer && error === undefined && <Dots label={t("ask.waiting")} />}
      {answer && <Box><Hidden>{t("ask.bot")}: </Hidden><AnswerBody {...props} answer={answer} /></Box>}
    </Box>
  );
}

const Dots = ({ label }: { label: string }) => (
  <Box role="img" aria-label={label} sx={{ display: "flex", gap: 0.5, py: 1, "@keyframes ask-dot": { "0%, 100%": { opacity: 0.25 }, "50%": { opacity: 1 } } }}>
    {[0, 1, 2].map((dot) => <Box key={dot} sx={{ width: 7, height: 7, borderRadius: "50%", bgcolor: "text.secondary", animation: `ask-dot 1.2s ${dot * 0.2}s infinite` }} />)}
  </Box>
);

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useEffect, useEffectEvent, useRef } from "react";
import { Hidden } from "../ui/Hidden";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { Exchange } from "./Exchange";
import { Greeting } from "./Greeting";
import { useAskText, type AskTranslate } from "./texts";
import { canUndo, isOpen } from "./turns";
import type { Answer } from "./types";
import type { Talk } from "./useConversation";

/** Figures and names of so many last turns are kept up to date; those before stay as they were told. */
const live = 6;

/** What was said, the last at the end. */
export function Transcript({ talk, onAnswered }: { talk: Talk; onAnswered: () => void }) {
  const t = useAskText();
  const { exchanges, busy } = talk;
  const end = useRef<HTMLLIElement>(null);
  const last = exchanges.at(-1);
  const reached = last && `${last.key} ${last.answer ? "answered" : last.error ? "failed" : ""}`;
  const follow = useEffectEvent(() => {
    end.current?.scrollIntoView({ block: last?.answer ? "start" : "nearest" });
    // A button that was pressed is gone now: the keys go on where one types.
    if (last?.answer && document.activeElement === document.body) onAnswered();
  });
  useEffect(() => { if (reached) follow(); }, [reached]);
  const empty = exchanges.length === 0 && !talk.loading && talk.problem === undefined;
  return (
    // Whoever has only keys can scroll it.
     
    <Box tabIndex={0} role="group" aria-label={t("ask.conversation")} sx={{ flex: 1, minHeight: 0, overflowY: "auto", overflowX: "hidden", px: 1.5, py: 1.5, position: "relative" }}>
      {empty && <Greeting onAsk={(text) => talk.begin(text)} />}
      {talk.more && <Button fullWidth disabled={talk.loading} onClick={talk.earlier}>{t("ask.earlier")}</Button>}
      {talk.loading && exchanges.length === 0 && <Waiting lines={6} />}
      {talk.problem !== undefined && <ProblemAlert error={talk.problem} onRetry={talk.earlier} />}
      <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 2 }}>
        {exchanges.map((exchange, index) => (
          <Box component="li" key={exchange.key} ref={exchange === last ? end : undefined} sx={{ scrollMarginTop: 12 }}>
            <Exchange
              exchange={exchange} open={isOpen(exchanges, index)} undo={canUndo(exchanges, index)} live={index >= exchanges.length - live} busy={busy}
              onPress={(answer, button) => talk.press(answer, button)} onRetry={() => talk.retry(exchange)} onAsk={(text) => talk.send(text)}
            />
          </Box>
        ))}
      </Box>
      <Box role="status"><Hidden>{busy ? t("ask.waiting") : last?.answer ? spoken(last.answer, t) : ""}</Hidden></Box>
    </Box>
  );
}

/** The answer for those who listen: in a line, the rest is there to be read. */
function spoken({ message, answer, understood, total, records, kind }: Answer, t: AskTranslate): string {
  if (message ?? answer) return message ?? answer ?? "";
  const count = kind === "records" || kind === "record" ? `: ${t("records.found", { count: total ?? records?.length ?? 0 })}` : "";
  return understood + count;
}

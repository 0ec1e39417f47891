import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useSchema } from "../api/schema";
import { useMe } from "../api/session";
import { useLocale } from "../i18n";
import { EmptyState } from "../ui/EmptyState";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { wallClock } from "../values/zone";
import { messagesQuery, signal, turnsQuery } from "./api";
import { MessageBlock } from "./MessageBlock";
import { markSeen, setLookingAt } from "./seen";
import { useInboxText } from "./texts";
import { days, lastRead, merge, newest, type Outgoing } from "./transcript";
import { customerName, type Conversation } from "./types";

interface TranscriptProps {
  conversation: Conversation;
  say: { outgoing: Outgoing[]; again: (message: Outgoing) => void; discard: (clientId: string) => void };
  typing: { customer: boolean; agents: string[] };
  read: number;
}

/** Everything that was said, the newest at the foot. */
export function Transcript({ conversation, say, typing, read }: TranscriptProps) {
  const t = useInboxText();
  const me = useMe();
  const { zone } = useLocale();
  const query = useInfiniteQuery(messagesQuery(conversation.id));
  const turns = useTurns(conversation.id);
  const said = useMemo(() => merge(query.data?.pages.flatMap((page) => page.records) ?? [], say.outgoing, me.name), [query.data, say.outgoing, me.name]);
  const latest = newest(said);
  useLooking(conversation, latest, me.id);
  const { scroller, below, toFoot, onScroll } = useFoot(latest, say.outgoing.length);
  const readKey = lastRead(said, read);
  return (
    <Box sx={{ position: "relative", flex: 1, minHeight: 0, display: "flex" }}>
      {/* Turned round, so that the browser keeps the foot in view while above it something grows. */}
      <Box ref={scroller} onScroll={onScroll} tabIndex={0} role="group" aria-label={t("transcript.label")} sx={{ flex: 1, overflowY: "auto", display: "flex", flexDirection: "column-reverse", px: { xs: 1.5, sm: 2.5 }, py: 1.5, "&:focus-visible": { outlineOffset: "-2px" } }}>
        <Box sx={{ width: "100%", maxWidth: 860, mx: "auto", mb: "auto" }}>
          {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
          {query.isPending && <Waiting lines={6} height={44} />}
          {query.data && said.length === 0 && <EmptyState title={t("transcript.empty")} />}
          {query.hasNextPage && <Box sx={{ textAlign: "center", mb: 1 }}><Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("transcript.earlier")}</Button></Box>}
          <Box role="log" aria-live="polite" aria-label={t("transcript.label")}>
            {days(said, (at) => wallClock(new Date(at), zone).slice(0, 10)).map(({ day, blocks }) => (
              <Box key={day}>
                <DayLine day={day} />
                {blocks.map((block) => <MessageBlock key={block.key} block={block} customer={customerName(conversation)} turns={turns} readKey={readKey} onAgain={say.again} onDiscard={say.discard} />)}
              </Box>
            ))}
          </Box>
          <Typography role="status" variant="caption" component="p" sx={{ color: "text.secondary", fontStyle: "italic", minHeight: 20, m: 0 }}>
            {[...(typing.customer ? [t("typing.customer", { name: customerName(conversation) ?? t("author.customer") })] : []), ...typing.agents.map((name) => t("typing.agent", { name }))].join(" · ")}
          </Typography>
        </Box>
      </Box>
      {below && <Button variant="contained" onClick={toFoot} sx={{ position: "absolute", bottom: 12, left: "50%", transform: "translateX(-50%)", boxShadow: 4 }}>{t("transcript.newer")}</Button>}
    </Box>
  );
}

/** The bot's turns by the number of the message they made, for those who may see them. */
function useTurns(id: string) {
  const enabled = useSchema().byName.has("bot_turn");
  const { data } = useQuery({ ...turnsQuery(id), enabled });
  return useMemo(() => new Map(data?.map((turn) => [turn.sequence, turn])), [data]);
}

/** Notes what somebody has on the screen as seen, and tells the customer that the answering agent has read it. */
function useLooking({ id, state, owner_id }: Conversation, latest: number, me: string) {
  const answers = state === "human" && owner_id === me;
  useEffect(() => {
    setLookingAt(id);
    return () => setLookingAt(undefined);
  }, [id]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState !== "visible" || latest === 0) return;
      markSeen(me, id, latest);
      if (answers) void signal(id, { read: latest });
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [id, latest, me, answers]);
}

/** Whether something new came below what is in view; one's own words are followed at once. */
function useFoot(latest: number, outgoing: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const [atFoot, setAtFoot] = useState(true);
  const [reached, setReached] = useState(latest);
  if (atFoot && reached !== latest) setReached(latest);
  const toFoot = () => scroller.current?.scrollTo({ top: 0 });
  useEffect(() => { if (outgoing > 0) scroller.current?.scrollTo({ top: 0 }); }, [outgoing]);
  const onScroll = () => setAtFoot((scroller.current?.scrollTop ?? 0) > -60);
  return { scroller, below: !atFoot && latest > reached, toFoot, onScroll };
}

function DayLine({ day }: { day: string }) {
  const { format } = useLocale();
  return <Typography variant="caption" component="p" sx={{ textAlign: "center", color: "text.secondary", my: 1.5 }}>{format.date(day)}</Typography>;
}

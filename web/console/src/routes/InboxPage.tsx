import Box from "@mui/material/Box";
import useMediaQuery from "@mui/material/useMediaQuery";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { mayAnswer, useSchema } from "../api/schema";
import { conversationsQuery } from "../inbox/api";
import { ConversationList } from "../inbox/ConversationList";
import { ConversationPane } from "../inbox/ConversationPane";
import { stepFrom } from "../inbox/tabs";
import { useTeams } from "../inbox/teams";
import { useInboxText } from "../inbox/texts";
import { useSignals } from "../inbox/useSignals";
import { useShortcut } from "../shell/shortcuts";
import { EmptyState } from "../ui/EmptyState";
import { NotFound } from "../ui/NotFound";

/** Where people answer customers: who waits, what was said, who it is. */
export function InboxPage() {
  return mayAnswer(useSchema()) ? <Inbox /> : <NotFound />;
}

function Inbox() {
  const t = useInboxText();
  const navigate = useNavigate();
  const { tab = "waiting", id } = useSearch({ from: "/app/inbox" });
  const narrow = useMediaQuery((theme) => theme.breakpoints.down("md"));
  const teams = useTeams();
  const query = useInfiniteQuery(conversationsQuery(tab, teams.filter));
  const conversations = useMemo(() => [...new Map(query.data?.pages.flatMap((page) => page.records).map((record) => [record.id, record])).values()], [query.data]);
  const { presences, now } = useSignals();
  const step = (by: 1 | -1) => {
    const next = stepFrom(conversations.map((conversation) => conversation.id), id, by);
    if (next && next !== id) void navigate({ to: "/inbox", search: { tab, id: next }, replace: id !== undefined });
  };
  useShortcut("j", () => step(1));
  useShortcut("k", () => step(-1));
  return (
    <Box sx={{ mx: { xs: -1.5, sm: -3 }, my: { xs: -2, sm: -2.5 }, height: "calc(100dvh - 53px)", display: "flex", bgcolor: "background.paper" }}>
      <Box sx={{ width: { xs: "100%", md: 312, xl: 352 }, flex: "none", display: narrow && id ? "none" : "flex", flexDirection: "column", minHeight: 0, borderRight: { md: 1 }, borderColor: { md: "divider" } }}>
        <ConversationList tab={tab} teams={teams} chosen={id} conversations={conversations} query={query} onTab={(next) => void navigate({ to: "/inbox", search: { tab: next, id: narrow ? undefined : id } })} />
      </Box>
      {id ? <ConversationPane key={id} id={id} tab={tab} presence={presences.get(id)} now={now} narrow={narrow} /> : !narrow && <Box sx={{ flex: 1, display: "grid", placeItems: "center" }}><EmptyState title={t("pane.none")} text={t("pane.noneText")} /></Box>}
    </Box>
  );
}

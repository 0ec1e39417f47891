import Box from "@mui/material/Box";
import Drawer from "@mui/material/Drawer";
import useMediaQuery from "@mui/material/useMediaQuery";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useMe } from "../api/session";
import { useShortcut } from "../shell/shortcuts";
import { EmptyState } from "../ui/EmptyState";
import { isGone } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { conversationQuery, readQuery } from "./api";
import { Composer, type ComposerHandle } from "./Composer";
import { ConversationHeader } from "./ConversationHeader";
import { Details } from "./Details";
import { rightsOn } from "./rights";
import { nobody, typists, type Presence } from "./signals";
import type { Tab } from "./tabs";
import { useInboxText } from "./texts";
import { Transcript } from "./Transcript";
import type { Outgoing } from "./transcript";
import { customerName, type Conversation } from "./types";
import { useActs } from "./useActs";
import { useSay } from "./useSay";

interface PaneProps { id: string; tab: Tab; presence?: Presence; now: number; narrow: boolean }

/** One conversation: what was said, a place to answer, and who it is with. */
export function ConversationPane({ id, ...props }: PaneProps) {
  const t = useInboxText();
  const query = useQuery(conversationQuery(id));
  if (query.data) return <Pane conversation={query.data} {...props} />;
  return (
    <Box sx={{ flex: 1, p: 2 }}>
      {isGone(query.error) ? <EmptyState title={t("notFound.title")} text={t("pane.gone")} /> : query.error ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : <Waiting lines={10} />}
    </Box>
  );
}

function Pane({ conversation, tab, presence = nobody, now, narrow }: Omit<PaneProps, "id"> & { conversation: Conversation }) {
  const t = useInboxText();
  const me = useMe();
  const { id } = conversation;
  const navigate = useNavigate();
  const acts = useActs(id);
  const say = useSay(id);
  const composer = useRef<ComposerHandle>(null);
  const beside = useMediaQuery((theme) => theme.breakpoints.up("lg"));
  const [details, setDetails] = useState(false);
  const may = rightsOn(conversation, me.id);
  const take = async () => { if (await acts.take()) composer.current?.focus("reply"); };
  useShortcut("t", () => void take(), may.take && !acts.pending);
  useShortcut("e", acts.solve, may.solve && !acts.pending);
  useShortcut("r", () => composer.current?.focus("reply"), may.reply);
  useShortcut("n", () => composer.current?.focus("note"));
  // What is answered is one's own from then on, and stands where one's own stand.
  const send = (message: Outgoing) => say.send(message, { onSuccess: () => { if (message.mode === "reply" && tab !== "mine") void navigate({ to: "/inbox", search: { tab: "mine", id }, replace: true }); } });
  const { data: read = 0 } = useQuery(readQuery(id));
  const typing = typists(presence, now, me.name);
  return (
    <>
      <Box component="section" aria-label={customerName(conversation) ?? t("list.nobody")} sx={{ flex: 1, minWidth: 0, display: "flex", flexDirection: "column", minHeight: 0 }}>
        <ConversationHeader conversation={conversation} tab={tab} may={may} acts={{ ...acts, take: () => void take() }} narrow={narrow} onDetails={beside ? undefined : () => setDetails(true)} />
        <Transcript conversation={conversation} say={say} typing={typing} read={Math.max(presence.read, read)} />
        <Composer ref={composer} conversation={conversation} may={may} there={presence.there} onSend={send} />
      </Box>
      {beside && <Box component="section" aria-label={t("details.label")} sx={{ width: { lg: 304, xl: 352 }, flex: "none", overflowY: "auto", borderLeft: 1, borderColor: "divider" }} tabIndex={0}><Details conversation={conversation} there={presence.there} /></Box>}
      <Drawer anchor="right" open={details && !beside} onClose={() => setDetails(false)} slotProps={{ paper: { "aria-label": t("details.label"), sx: { width: "min(360px, 100%)" } } }}>
        <Details conversation={conversation} there={presence.there} onClose={() => setDetails(false)} />
      </Drawer>
    </>
  );
}

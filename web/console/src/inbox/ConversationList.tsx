import VolumeOffIcon from "@mui/icons-material/VolumeOffOutlined";
import VolumeUpIcon from "@mui/icons-material/VolumeUpOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import MuiTab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import Typography from "@mui/material/Typography";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { EmptyState } from "../ui/EmptyState";
import { ProblemAlert } from "../ui/ProblemAlert";
import { useTitle } from "../ui/useTitle";
import { Waiting } from "../ui/Waiting";
import { attentionQuery, countText, waitingCount } from "./attention";
import { ConversationItem } from "./ConversationItem";
import { turnSound, useSoundOn } from "./sound";
import { tabs, type Tab } from "./tabs";
import { showOwnTeams, type Teams } from "./teams";
import { useInboxText } from "./texts";
import type { Conversation } from "./types";

interface ListProps { tab: Tab; teams: Teams; chosen?: string; conversations: Conversation[]; query: Pick<UseInfiniteQueryResult, "isPending" | "error" | "refetch" | "hasNextPage" | "fetchNextPage" | "isFetchingNextPage">; onTab: (tab: Tab) => void }

/** The conversations of one tab. */
export function ConversationList({ tab, teams, chosen, conversations, query, onTab }: ListProps) {
  const t = useInboxText();
  useTitle(t("inbox.title"));
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => { list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }); }, [chosen]);
  return (
    <>
      <Box sx={{ display: "flex", alignItems: "center", px: 2, pt: 1.25 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>{t("inbox.title")}</Typography>
        {teams.offered && tab !== "mine" && <TeamsButton ownOnly={teams.ownOnly} />}
        <SoundButton />
      </Box>
      <InboxTabs tab={tab} onTab={onTab} />
      <Box role="tabpanel" id="inbox-list" aria-labelledby={`inbox-tab-${tab}`} sx={{ flex: 1, minHeight: 0, overflowY: "auto", position: "relative" }} tabIndex={conversations.length > 0 ? undefined : 0}>
        {query.error && <Box sx={{ px: 1.5 }}><ProblemAlert error={query.error} onRetry={() => void query.refetch()} /></Box>}
        {query.isPending && <Box sx={{ px: 2 }}><Waiting lines={8} height={44} /></Box>}
        {!query.isPending && !query.error && conversations.length === 0 && <EmptyState title={t(`empty.${tab}`)} text={t(`empty.${tab}Text`)} />}
        <Box component="ul" ref={list} aria-label={t("list.label")} sx={{ listStyle: "none", m: 0, p: 0 }}>
          {conversations.map((conversation) => <ConversationItem key={conversation.id} conversation={conversation} tab={tab} chosen={conversation.id === chosen} />)}
        </Box>
        {query.hasNextPage && <Box sx={{ p: 1.5, textAlign: "center" }}><Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("list.more")}</Button></Box>}
      </Box>
    </>
  );
}

function InboxTabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const t = useInboxText();
  const { data: count = 0 } = useQuery({ ...attentionQuery, select: waitingCount });
  return (
    <Tabs value={tab} onChange={(_, next: Tab) => onTab(next)} variant="scrollable" scrollButtons={false} aria-label={t("tabs")} sx={{ px: 1.25, borderBottom: 1, borderColor: "divider", flex: "none" }}>
      {tabs.map((each) => (
        <MuiTab
          key={each} value={each} id={`inbox-tab-${each}`} aria-controls="inbox-list" sx={{ minWidth: 0, px: 0.75, fontSize: "0.8125rem" }}
          label={each === "waiting" && count > 0 ? `${t("tab.waiting")} ${countText(count)}` : t(`tab.${each}`)}
        />
      ))}
    </Tabs>
  );
}

function TeamsButton({ ownOnly }: { ownOnly: boolean }) {
  const t = useInboxText();
  return <Button size="small" color={ownOnly ? "primary" : "inherit"} variant={ownOnly ? "outlined" : "text"} aria-pressed={ownOnly} onClick={() => showOwnTeams(!ownOnly)}>{t("teams.own")}</Button>;
}

function SoundButton() {
  const t = useInboxText();
  const on = useSoundOn();
  const label = t(on ? "sound.on" : "sound.off");
  return <IconButton aria-label={label} title={label} aria-pressed={on} onClick={() => turnSound(!on)}>{on ? <VolumeUpIcon fontSize="small" /> : <VolumeOffIcon fontSize="small" />}</IconButton>;
}

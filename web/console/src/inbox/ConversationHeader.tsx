import ArrowBackIcon from "@mui/icons-material/ArrowBack";
import InfoIcon from "@mui/icons-material/InfoOutlined";
import MoreIcon from "@mui/icons-material/MoreVert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useState } from "react";
import { useMe } from "../api/session";
import { IconLink } from "../ui/links";
import { MenuItemLink } from "../ui/MenuItemLink";
import type { Rights } from "./rights";
import type { Tab } from "./tabs";
import { useInboxText, type InboxTranslate } from "./texts";
import { customerName, nameIn, type Conversation } from "./types";

const TransferDialog = lazy(() => import("./TransferDialog"));

interface HeaderProps {
  conversation: Conversation;
  tab: Tab;
  may: Rights;
  acts: { pending: boolean; doing?: string; take: () => void; giveBack: () => void; solve: () => void };
  narrow: boolean;
  onDetails?: () => void;
}

/** Whose conversation it is, and what can be done with it. */
export function ConversationHeader({ conversation, tab, may, acts, narrow, onDetails }: HeaderProps) {
  const t = useInboxText();
  const me = useMe();
  // On a phone there is room for a name and one button.
  const crowded = narrow && may.take;
  return (
    <Box sx={{ display: "flex", alignItems: "center", gap: 0.75, px: { xs: 1, sm: 2 }, minHeight: 56, py: 0.75, borderBottom: 1, borderColor: "divider", flex: "none" }}>
      {narrow && <IconLink to="/inbox" search={{ tab }} aria-label={t("pane.back")}><ArrowBackIcon /></IconLink>}
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="h2" noWrap title={customerName(conversation)}>{customerName(conversation) ?? t("list.nobody")}</Typography>
        <Typography variant="caption" noWrap component="p" role="status" sx={{ color: "text.secondary", m: 0 }}>{stateText(conversation, me.id, t)}</Typography>
      </Box>
      {may.take && <Button variant="contained" onClick={acts.take} loading={acts.doing === "take"} disabled={acts.pending} aria-keyshortcuts="t">{t("inbox.take")}</Button>}
      {may.solve && !crowded && <Button variant="outlined" onClick={acts.solve} loading={acts.doing === "solve"} disabled={acts.pending} aria-keyshortcuts="e">{t("inbox.solve")}</Button>}
      {onDetails && <IconButton aria-label={t("pane.details")} onClick={onDetails}><InfoIcon /></IconButton>}
      <MoreActions conversation={conversation} may={may} onGiveBack={acts.giveBack} onSolve={crowded && may.solve ? acts.solve : undefined} />
    </Box>
  );
}

function MoreActions({ conversation, may, onGiveBack, onSolve }: { conversation: Conversation; may: Rights; onGiveBack: () => void; onSolve?: () => void }) {
  const t = useInboxText();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [transferring, setTransferring] = useState(false);
  const close = () => setAnchor(null);
  if (!may.transfer && !may.giveBack && !conversation.ticket_id) return null;
  return (
    <>
      <IconButton aria-label={t("action.more")} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><MoreIcon /></IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        {onSolve && <MenuItem onClick={() => { close(); onSolve(); }}>{t("inbox.solve")}</MenuItem>}
        {may.transfer && <MenuItem onClick={() => { close(); setTransferring(true); }}>{t("act.transfer")}</MenuItem>}
        {may.giveBack && <MenuItem onClick={() => { close(); onGiveBack(); }}>{t("act.giveBack")}</MenuItem>}
        {conversation.ticket_id && <MenuItemLink to="/records/$object/$id" params={{ object: "ticket", id: conversation.ticket_id }}>{t("act.ticket")}</MenuItemLink>}
      </Menu>
      <Suspense>{transferring && <TransferDialog conversation={conversation} onClose={() => setTransferring(false)} />}</Suspense>
    </>
  );
}

function stateText(conversation: Conversation, me: string, t: InboxTranslate): string {
  const { state, owner_id } = conversation;
  if (state !== "human") return t(`state.${state}`);
  if (owner_id === me) return t("state.mine");
  const name = nameIn(conversation, "owner_id");
  return name ? t("state.human", { name }) : t("state.humanNobody");
}

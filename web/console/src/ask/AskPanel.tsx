import BackIcon from "@mui/icons-material/ArrowBack";
import CloseIcon from "@mui/icons-material/Close";
import HistoryIcon from "@mui/icons-material/History";
import NewIcon from "@mui/icons-material/AddCommentOutlined";
import Box from "@mui/material/Box";
import Dialog from "@mui/material/Dialog";
import GlobalStyles from "@mui/material/GlobalStyles";
import IconButton from "@mui/material/IconButton";
import Typography from "@mui/material/Typography";
import { useLocation } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { createPortal } from "react-dom";
import { Composer, type ComposerHandle } from "./Composer";
import { History } from "./History";
import { useAskText } from "./texts";
import { Transcript } from "./Transcript";
import type { Unread } from "./types";
import { UnreadBar } from "./UnreadBar";
import type { Talk } from "./useConversation";

interface PanelProps { talk: Talk; unread: Unread[]; phone: boolean; called: number; onClose: () => void; onLeave: () => void }

/** The chat with the bot: beside the page, or instead of it on a phone. */
export default function AskPanel({ talk, unread, phone, called, onClose, onLeave }: PanelProps) {
  const t = useAskText();
  const composer = useRef<ComposerHandle>(null);
  const [history, setHistory] = useState(false);
  // On a phone the keyboard would cover the answer.
  useEffect(() => { if (called && !phone) composer.current?.focus(); }, [called, phone]);
  const path = useLocation({ select: ({ href }) => href });
  const opened = useRef(path);
  // On a phone the page that was gone to lies below.
  const leave = useEffectEvent(() => { if (phone) onLeave(); });
  useEffect(() => { if (opened.current !== path) { opened.current = path; leave(); } }, [path]);
  const begin = () => {
    setHistory(false);
    talk.begin();
    composer.current?.focus();
  };
  return (
    <Frame phone={phone} label={t("ask.title")} onClose={onClose}>
      <Box component="header" sx={{ flex: "none", height: 52, px: 1.5, display: "flex", alignItems: "center", gap: 0.5, borderBottom: 1, borderColor: "divider" }}>
        {history && <IconButton aria-label={t("ask.back")} title={t("ask.back")} onClick={() => setHistory(false)}><BackIcon /></IconButton>}
        <Typography variant="h2" noWrap sx={{ flex: 1 }}>{history ? t("ask.history") : t("ask.title")}</Typography>
        {!history && <IconButton aria-label={t("ask.history")} title={t("ask.history")} onClick={() => setHistory(true)}><HistoryIcon /></IconButton>}
        <IconButton aria-label={t("ask.new")} title={t("ask.new")} onClick={begin}><NewIcon /></IconButton>
        <IconButton aria-label={t("action.close")} title={t("action.close")} onClick={onClose}><CloseIcon /></IconButton>
      </Box>
      {!history && <UnreadBar unread={unread} onOpen={talk.open} />}
      {history
        ? <History current={talk.id} onOpen={(id) => { setHistory(false); if (id !== talk.id) talk.open(id); }} />
        : <><Transcript talk={talk} onAnswered={() => { if (!phone) composer.current?.focus(); }} /><Composer ref={composer} talk={talk} phone={phone} /></>}
    </Frame>
  );
}

const width = { lg: 400, xl: 460 };

function Frame({ phone, label, onClose, children }: { phone: boolean; label: string; onClose: () => void; children: ReactNode }) {
  if (phone) return <Dialog fullScreen open onClose={onClose} aria-label={label} slotProps={{ root: { "data-ask": "" } as object }}>{children}</Dialog>;
  const onKeyDown = (event: KeyboardEvent) => { if (event.key === "Escape" && !event.defaultPrevented) onClose(); };
  return createPortal(
    <>
      <GlobalStyles styles={(theme) => ({ body: { [theme.breakpoints.up("lg")]: { paddingInlineEnd: width.lg }, [theme.breakpoints.up("xl")]: { paddingInlineEnd: width.xl } } })} />
      {/* Whatever is inside takes the keys; the panel only closes on Escape. */}
      { }
      <Box
        component="aside" data-ask aria-label={label} onKeyDown={onKeyDown}
        sx={{ position: "fixed", insetInlineEnd: 0, bottom: 0, top: { sm: 52, lg: 0 }, width: { sm: 400, ...width }, zIndex: 1150, display: "flex", flexDirection: "column", bgcolor: "background.paper", borderInlineStart: "1px solid", borderColor: "divider", boxShadow: { sm: 8, lg: 0 } }}
      >
        {children}
      </Box>
    </>,
    document.body,
  );
}

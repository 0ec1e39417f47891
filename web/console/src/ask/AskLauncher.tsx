import AskIcon from "@mui/icons-material/AssistantOutlined";
import Badge from "@mui/material/Badge";
import IconButton from "@mui/material/IconButton";
import useMediaQuery from "@mui/material/useMediaQuery";
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from "react";
import { useMe } from "../api/session";
import { onAsk } from "./bus";
import { keep, readKept } from "./kept";
import { useAskText } from "./texts";
import { lastConversation, useConversation } from "./useConversation";
import { useUnread } from "./useUnread";

const AskPanel = lazy(() => import("./AskPanel"));

/** The chat's button, its shortcut, and the conversation itself, which goes on while the panel is closed. */
export default function AskLauncher() {
  const t = useAskText();
  const me = useMe();
  const phone = useMediaQuery((theme) => theme.breakpoints.down("sm"), { noSsr: true });
  const talk = useConversation(me.id, t);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(() => !phone && readKept(me.id).open === true);
  /** Counts up when the place to type in should take the focus. */
  const [called, setCalled] = useState(0);
  const { all, elsewhere } = useUnread(talk, open);
  const label = all.length > 0 ? t("ask.openUnread", { count: all.length }) : t("ask.open");
  const turn = (next: boolean) => { setOpen(next); keep(me.id, { open: next }); };
  const show = () => {
    turn(true);
    setCalled((times) => times + 1);
  };
  const close = () => {
    turn(false);
    button.current?.focus();
  };
  /** After a reload, the conversation is read when it is first looked at. */
  const resume = useEffectEvent(() => {
    const id = lastConversation(me.id);
    if (id && !talk.id && !talk.busy && talk.exchanges.length === 0) talk.open(id);
  });
  useEffect(() => { if (open) resume(); }, [open]);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "j") return;
    event.preventDefault();
    const inside = document.activeElement?.closest("[data-ask]");
    if (open && inside) close(); else show();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  const asked = useEffectEvent((text: string) => {
    talk.begin(text);
    show();
  });
  useEffect(() => onAsk((text) => asked(text)), []);

  return (
    <>
      <IconButton
        ref={button} aria-label={label} title={`${label} (${isMac ? "⌘J" : "Ctrl J"})`} aria-keyshortcuts="Control+J Meta+J" aria-expanded={open}
        onClick={() => (open ? close() : show())}
      >
        <Badge badgeContent={all.length} max={99} color="error"><AskIcon /></Badge>
      </IconButton>
      <Suspense>{open && <AskPanel talk={talk} unread={elsewhere} phone={phone} called={called} onClose={close} onLeave={() => turn(false)} />}</Suspense>
    </>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

import SendIcon from "@mui/icons-material/Send";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import InputBase from "@mui/material/InputBase";
import Typography from "@mui/material/Typography";
import { useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { useMe } from "../api/session";
import { Hidden } from "../ui/Hidden";
import { longest } from "./api";
import { keep, readKept } from "./kept";
import { useAskText } from "./texts";
import { askedTexts } from "./turns";
import type { Talk } from "./useConversation";

export interface ComposerHandle { focus: () => void }

/** Where questions are typed. */
export function Composer({ ref, talk, phone }: { ref?: Ref<ComposerHandle>; talk: Talk; phone: boolean }) {
  const t = useAskText();
  const id = useId();
  const me = useMe();
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => readKept(me.id).draft ?? "");
  /** How far back one has gone in what was asked. */
  const [back, setBack] = useState(0);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }));
  const over = Array.from(text.trim()).length - longest;
  const ready = text.trim() !== "" && over <= 0 && !talk.busy && !talk.loading;
  const write = (next: string) => { setText(next); keep(me.id, { draft: next }); };
  const send = () => {
    if (!ready || !talk.send(text.trim())) return;
    write("");
    setBack(0);
    input.current?.focus();
  };
  const recall = (step: 1 | -1) => {
    const asked = askedTexts(talk.exchanges);
    const next = Math.min(back + step, asked.length);
    if (next < 0 || next === back) return false;
    setBack(next);
    write(asked[next - 1] ?? "");
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
    // Only what nobody has edited gives way to what was asked before.
    const untouched = text === "" || (back > 0 && text === askedTexts(talk.exchanges)[back - 1]);
    if (event.key === "ArrowUp" && untouched && recall(1)) event.preventDefault();
    if (event.key === "ArrowDown" && back > 0 && untouched && recall(-1)) event.preventDefault();
  };
  return (
    <Box component="form" onSubmit={(event) => { event.preventDefault(); send(); }} sx={{ flex: "none", p: 1.5, borderTop: 1, borderColor: "divider" }}>
      <Box sx={{ display: "flex", alignItems: "flex-end", gap: 0.5, border: 1, borderColor: "divider", borderRadius: 1.5, paddingInlineStart: 1.25, "&:focus-within": { borderColor: "primary.main" } }}>
        <InputBase
          inputRef={input} fullWidth multiline maxRows={6} autoFocus={!phone} value={text} placeholder={t("ask.placeholder")} onChange={(event) => { write(event.target.value); setBack(0); }} onKeyDown={onKeyDown}
          slotProps={{ input: { "aria-label": t("ask.input"), "aria-describedby": id, dir: "auto", enterKeyHint: "send" } }} sx={{ py: 1 }}
        />
        <IconButton type="submit" color="primary" aria-label={t("ask.send")} title={t("ask.send")} disabled={!ready} sx={{ mb: 0.5, mx: 0.25 }}><SendIcon /></IconButton>
      </Box>
      <Box id={id}><Hidden>{t("ask.keys")}</Hidden></Box>
      {over > 0 && <Typography role="status" variant="caption" sx={{ color: "error.main" }}>{t("ask.tooLong", { count: over })}</Typography>}
    </Box>
  );
}

import Box from "@mui/material/Box";
import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import InputBase from "@mui/material/InputBase";
import type { Theme } from "@mui/material/styles";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Typography from "@mui/material/Typography";
import { useImperativeHandle, useRef, useState, type ClipboardEvent, type KeyboardEvent, type Ref } from "react";
import { useMe } from "../api/session";
import { FileButton } from "../ui/FileButton";
import { ComposerFiles } from "./ComposerFiles";
import type { Rights } from "./rights";
import { readDraft, writeDraft, type Draft, type Mode } from "./drafts";
import { useInboxText } from "./texts";
import type { Outgoing } from "./transcript";
import { customerName, nameIn, type Conversation } from "./types";
import { useCustomer } from "./useCustomer";
import { useFiles } from "./useFiles";
import { useTyping } from "./useTyping";

/** In characters, as the server counts them. */
const longest = 4000;
const lengthOf = (text: string) => Array.from(text).length;

export interface ComposerHandle { focus: (mode: Mode) => void }
interface ComposerProps { ref?: Ref<ComposerHandle>; conversation: Conversation; may: Rights; there?: boolean; onSend: (message: Outgoing) => void }

/** Where answers and notes are written. The two look different and keep their words apart. */
export function Composer({ ref, conversation, may, there, onSend }: ComposerProps) {
  const t = useInboxText();
  const me = useMe();
  const { id } = conversation;
  const input = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState(() => readDraft(me.id, id));
  const { typing, stop } = useTyping(id);
  const files = useFiles(id);
  const { mode } = draft;
  const text = draft[mode];
  const over = lengthOf(text.trim()) - longest;
  const ready = (text.trim() !== "" || files.files.length > 0) && over <= 0 && files.uploading.length === 0 && (mode === "note" || may.reply);
  const write = (next: Draft) => { setDraft(next); writeDraft(me.id, id, next); };
  const change = (value: string) => {
    write({ ...draft, [mode]: value });
    // What is written for colleagues is nothing that a customer should see coming.
    if (mode === "reply" && may.reply && value.trim()) typing(); else stop();
  };
  const choose = (next: Mode) => { write({ ...draft, mode: next }); stop(); };
  useImperativeHandle(ref, () => ({ focus: (next) => { choose(next); input.current?.focus(); } }));
  const send = () => {
    if (!ready) return;
    onSend({ clientId: crypto.randomUUID(), mode, text: text.trim(), attachments: files.files, at: new Date().toISOString() });
    write({ ...draft, [mode]: "" });
    files.clear();
    stop();
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); send(); }
    if (event.key === "Escape") input.current?.blur();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    files.add(event.clipboardData.files);
  };
  const label = mode === "note" ? t("compose.note") : t("compose.reply", { name: customerName(conversation) ?? t("author.customer") });
  const effect = mode === "note" ? "compose.noteHelp" : !may.reply ? undefined : conversation.state === "resolved" ? "compose.reopens" : may.take ? "compose.takes" : undefined;
  return (
    <Box sx={[{ flex: "none", borderTop: 1, borderColor: "divider", px: { xs: 1.5, sm: 2.5 }, py: 1.25 }, mode === "note" && noteColours]}>
      {mode === "reply" && <Warning conversation={conversation} may={may} there={there} />}
      <Box sx={{ display: "flex", alignItems: "center", gap: 1, flexWrap: "wrap", mb: 0.5 }}>
        <ToggleButtonGroup exclusive size="small" value={mode} aria-label={t("compose.mode")} onChange={(_, next: Mode | null) => { if (next) choose(next); }}>
          <ToggleButton value="reply" sx={{ py: 0.25, textTransform: "none" }} aria-keyshortcuts="r">{t("inbox.reply")}</ToggleButton>
          <ToggleButton value="note" sx={{ py: 0.25, textTransform: "none" }} aria-keyshortcuts="n">{t("inbox.note")}</ToggleButton>
        </ToggleButtonGroup>
        {effect && <Typography variant="caption" role="status" sx={{ color: "text.secondary" }}>{t(effect)}</Typography>}
        {over > 0 && <Typography variant="caption" role="status" sx={{ color: "error.main" }}>{t("compose.tooLong", { count: over })}</Typography>}
      </Box>
      <InputBase
        inputRef={input} fullWidth multiline minRows={2} maxRows={10} value={text} placeholder={label} onChange={(event) => change(event.target.value)} onKeyDown={onKeyDown} onPaste={onPaste} onBlur={stop}
        slotProps={{ input: { "aria-label": label } }} sx={{ px: 1.25, py: 1, border: 1, borderColor: mode === "note" ? "warning.main" : "divider", borderStyle: mode === "note" ? "dashed" : "solid", borderRadius: 1.5, bgcolor: "background.paper", "&.Mui-focused": { borderColor: mode === "note" ? "warning.main" : "primary.main" } }}
      />
      <Box sx={{ display: "flex", alignItems: "center", gap: 1, mt: 0.75 }}>
        <FileButton color="inherit" onFile={(file) => files.add([file])}>{t("compose.attach")}</FileButton>
        <Box sx={{ flex: 1, minWidth: 0 }}><ComposerFiles {...files} /></Box>
        <Button variant="contained" color={mode === "note" ? "warning" : "primary"} disabled={!ready} onClick={send}>{t(mode === "note" ? "compose.saveNote" : "compose.send")}</Button>
      </Box>
    </Box>
  );
}

const noteColours = (theme: Theme) => ({ bgcolor: "#fffaf0", ...theme.applyStyles("dark", { bgcolor: "#211c11" }) });

/** What somebody should know before they write an answer. */
function Warning({ conversation, may, there }: { conversation: Conversation; may: Rights; there?: boolean }) {
  const t = useInboxText();
  const { address } = useCustomer(conversation);
  const owner = nameIn(conversation, "owner_id");
  const text = !may.reply ? (owner ? t("compose.others", { name: owner }) : t("compose.othersNobody"))
    : there === false ? (address ? t("compose.left", { address }) : t("compose.leftNoAddress")) : undefined;
  if (!text) return null;
  return <Alert severity={may.reply ? "info" : "warning"} variant="outlined" role="status" sx={{ mb: 1, py: 0, overflowWrap: "anywhere" }}>{text}</Alert>;
}

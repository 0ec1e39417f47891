import CopyIcon from "@mui/icons-material/ContentCopyOutlined";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import { useNotify } from "../ui/notify";
import { useAssistantText } from "./texts";

/** A text to be taken elsewhere, with a button that does so. */
export function CopyBox({ text, label }: { text: string; label: string }) {
  const t = useAssistantText();
  const notify = useNotify();
  return (
    <Box sx={{ display: "flex", alignItems: "flex-start", gap: 1, border: 1, borderColor: "divider", borderRadius: 1, p: 1, pl: 1.5, mb: 1.5 }}>
      <Box component="pre" tabIndex={0} role="group" aria-label={label} sx={{ m: 0, py: 0.5, flex: 1, minWidth: 0, overflowX: "auto", fontFamily: "ui-monospace, monospace", fontSize: "0.8125rem" }}>{text}</Box>
      <IconButton size="small" aria-label={label} onClick={() => void navigator.clipboard.writeText(text).then(() => notify(t("assistants.copied")))}><CopyIcon fontSize="small" /></IconButton>
    </Box>
  );
}

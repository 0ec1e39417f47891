import NewIcon from "@mui/icons-material/MarkChatUnreadOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useAskText } from "./texts";
import type { Unread } from "./types";

/** How many conversations are named. */
const most = 3;

/** Conversations in which the bot has said something by itself that was not read yet. */
export function UnreadBar({ unread, onOpen }: { unread: Unread[]; onOpen: (conversation: string) => void }) {
  const t = useAskText();
  const each = [...new Map(unread.map((said) => [said.conversation, said])).values()].slice(0, most);
  if (each.length === 0) return null;
  return (
    <Box component="ul" aria-label={t("unread.label")} sx={{ listStyle: "none", m: 0, p: 1, display: "grid", gap: 0.5, borderBottom: 1, borderColor: "divider" }}>
      {each.map(({ conversation, title }) => (
        <li key={conversation}>
          <Button fullWidth size="small" startIcon={<NewIcon />} onClick={() => onOpen(conversation)} sx={{ justifyContent: "flex-start", textAlign: "start" }}>
            <Box component="span" dir="auto" sx={{ minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>{t("unread.open", { title })}</Box>
          </Button>
        </li>
      ))}
    </Box>
  );
}

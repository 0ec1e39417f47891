import BotIcon from "@mui/icons-material/SmartToyOutlined";
import LockIcon from "@mui/icons-material/LockOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import type { Theme } from "@mui/material/styles";
import Typography from "@mui/material/Typography";
import { useMe } from "../api/session";
import { useLocale } from "../i18n";
import { problemText } from "../ui/problem";
import { Attachments } from "./Attachments";
import { Cited } from "./Cited";
import { Plain } from "./Plain";
import { useInboxText } from "./texts";
import type { Block, Outgoing, Said } from "./transcript";
import { TurnMark } from "./TurnMark";
import type { Turn } from "./types";

interface BlockProps {
  block: Block;
  customer?: string;
  turns: Map<number | null, Turn>;
  readKey?: string;
  onAgain: (message: Outgoing) => void;
  onDiscard: (clientId: string) => void;
}

/** What one person said in a row: the customer on the left, one's own side on the right, notes apart from both. */
export function MessageBlock({ block, customer, ...props }: BlockProps) {
  const { format } = useLocale();
  const { author, internal } = block;
  if (author === "system" && !internal) return <>{block.said.map((said) => <SystemLine key={said.key} said={said} />)}</>;
  const ours = author !== "customer";
  return (
    <Box sx={{ display: "flex", flexDirection: "column", alignItems: ours ? "flex-end" : "flex-start", my: 1.25 }}>
      <Box sx={{ display: "flex", alignItems: "center", gap: 0.5, mb: 0.25, maxWidth: "100%", color: "text.secondary" }}>
        {internal && <LockIcon sx={{ fontSize: 14 }} />}
        {author === "bot" && <BotIcon sx={{ fontSize: 15 }} />}
        <Typography variant="caption" noWrap><AuthorName block={block} customer={customer} /></Typography>
        <Typography variant="caption" component="time" dateTime={block.at} title={format.dateTime(block.at)} sx={{ flex: "none" }}>· {format.time(block.at)}</Typography>
      </Box>
      {block.said.map((said) => <Bubble key={said.key} said={said} {...props} />)}
    </Box>
  );
}

function AuthorName({ block: { author, name, internal }, customer }: { block: Block; customer?: string }) {
  const t = useInboxText();
  const me = useMe();
  const who = author === "customer" ? customer ?? t("author.customer") : author === "agent" ? (name === me.name ? t("author.you") : name || t("author.agent")) : t(`author.${author}`);
  return <>{who}{internal && ` · ${t("message.note")}`}</>;
}

function SystemLine({ said }: { said: Said }) {
  const { format } = useLocale();
  return <Typography variant="caption" component="p" sx={{ textAlign: "center", color: "text.secondary", my: 1, whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{said.body} · <time dateTime={said.at}>{format.time(said.at)}</time></Typography>;
}

function Bubble({ said, turns, readKey, onAgain, onDiscard }: { said: Said } & Omit<BlockProps, "block" | "customer">) {
  const t = useInboxText();
  const turn = said.author === "bot" ? turns.get(said.sequence) : undefined;
  return (
    <Box sx={{ maxWidth: "min(85%, 640px)", mb: 0.5, display: "flex", flexDirection: "column", alignItems: said.author === "customer" ? "flex-start" : "flex-end" }}>
      <Box sx={[{ px: 1.5, py: 1, borderRadius: 2, overflowWrap: "anywhere", maxWidth: "100%", opacity: said.outgoing && !said.outgoing.failure ? 0.7 : 1 }, colours(said)]}>
        {said.body && <Box sx={{ whiteSpace: "pre-wrap", lineHeight: 1.5 }}><Plain text={said.body} /></Box>}
        <Attachments files={said.attachments} />
        {said.citation && <Cited citation={said.citation} turn={turn} />}
        {said.choices.length > 0 && <Typography variant="caption" component="p" sx={{ m: 0, mt: 0.5, color: "text.secondary" }}>{t("message.offered", { choices: said.choices.join(" · ") })}</Typography>}
      </Box>
      {turn && <TurnMark turn={turn} />}
      {said.outgoing ? <Sending message={said.outgoing} onAgain={onAgain} onDiscard={onDiscard} /> : said.key === readKey && <Note>{t("message.read")}</Note>}
    </Box>
  );
}

function Sending({ message, onAgain, onDiscard }: { message: Outgoing; onAgain: BlockProps["onAgain"]; onDiscard: BlockProps["onDiscard"] }) {
  const t = useInboxText();
  if (message.failure === undefined) return <Note>{t("message.sending")}</Note>;
  return (
    <Box role="alert" sx={{ display: "flex", flexWrap: "wrap", justifyContent: "flex-end", alignItems: "center", color: "error.main", fontSize: "0.8125rem" }}>
      <span>{t("message.failed")} {problemText(message.failure, t)}</span>
      <Button color="inherit" onClick={() => onAgain(message)}>{t("action.retry")}</Button>
      <Button color="inherit" onClick={() => onDiscard(message.clientId)}>{t("message.discard")}</Button>
    </Box>
  );
}

const Note = ({ children }: { children: string }) => <Typography variant="caption" sx={{ color: "text.secondary" }}>{children}</Typography>;

/** Notes look like paper that stays in the house; the bot's words are outlined, a person's filled. */
function colours({ author, internal }: Said) {
  if (internal) return (theme: Theme) => ({ border: "1px dashed", borderColor: "warning.main", bgcolor: "#fff4dc", ...theme.applyStyles("dark", { bgcolor: "#2e2614" }) });
  if (author === "customer") return { bgcolor: "background.default", border: 1, borderColor: "divider" };
  if (author === "bot") return { border: 1, borderColor: "divider", bgcolor: "background.paper" };
  return (theme: Theme) => ({ bgcolor: "#d9efed", border: "1px solid transparent", ...theme.applyStyles("dark", { bgcolor: "#173835" }) });
}

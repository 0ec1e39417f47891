import UndoIcon from "@mui/icons-material/Undo";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { Link } from "../ui/links";
import { ApprovalList } from "./ApprovalList";
import { ArticleAnswer } from "./ArticleAnswer";
import { Choices } from "./Choices";
import { Conditions } from "./Conditions";
import type { ExchangeProps } from "./Exchange";
import { Figure } from "./Figure";
import { Groups } from "./Groups";
import { Offers } from "./Offers";
import { OpenAsList } from "./OpenAsList";
import { PromiseList } from "./PromiseList";
import { Proposal } from "./Proposal";
import { Records } from "./Records";
import { Suggestions } from "./Suggestions";
import { useAskText } from "./texts";
import type { Answer } from "./types";

type BodyProps = ExchangeProps & { answer: Answer };

/** How a question was understood, and its answer. */
export function AnswerBody(props: BodyProps) {
  const { answer, busy, onPress } = props;
  const { kind, understood, message, conditions } = answer;
  const answers = ["records", "record", "value", "groups", "ranked"].includes(kind);
  return (
    <Box sx={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 1 }}>
      {answers && <Typography variant="body2" dir="auto" sx={{ color: "text.secondary", overflowWrap: "anywhere" }}>{understood}</Typography>}
      {answers && <Conditions conditions={conditions ?? []} disabled={busy} onRemove={(without) => onPress(answer, { without })} />}
      {message && <Typography dir="auto" sx={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>{message}</Typography>}
      <Content {...props} />
      {answers && kind !== "record" && <OpenAsList answer={answer} />}
    </Box>
  );
}

function Content({ answer, open, undo, live, busy, onPress, onAsk }: BodyProps) {
  const t = useAskText();
  switch (answer.kind) {
    case "records": case "record": return <Records answer={answer} live={live} />;
    case "value": return <Figure answer={answer} live={live} />;
    case "groups": case "ranked": return <Groups answer={answer} live={live} />;
    case "proposal": return <Proposal answer={answer} live={open && live} disabled={!open || busy} onPress={(button) => onPress(answer, button)} />;
    case "article": return <ArticleAnswer answer={answer} />;
    case "clarify":
      if (answer.choices) return <Choices choices={answer.choices} disabled={!open || busy} onChoose={(choose) => onPress(answer, { choose })} />;
      return answer.offers ? <Offers offers={answer.offers} disabled={!open || busy} onTake={(take) => onPress(answer, { take })} /> : null;
    case "unknown": return <Suggestions most={4} disabled={busy} onAsk={onAsk} />;
    case "done": return (
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
        <Named answer={answer} />
        {answer.promises && <PromiseList promises={answer.promises} disabled={busy} onStop={(stop) => onPress(answer, { stop })} />}
        {answer.can_undo && <Button variant="outlined" startIcon={<UndoIcon />} disabled={!undo || busy} onClick={() => onPress(answer, "undo")}>{t("pressed.undo")}</Button>}
      </Box>
    );
    case "talk":
      if (answer.promises) return <PromiseList promises={answer.promises} disabled={busy} onStop={(stop) => onPress(answer, { stop })} />;
      if (answer.approvals) return <ApprovalList approvals={answer.approvals} />;
      if (answer.ask_approval) return <Button variant="outlined" disabled={!open || busy} onClick={() => onPress(answer, "ask_approval")} sx={{ justifySelf: "start" }}>{t("pressed.ask_approval")}</Button>;
      return <Named answer={answer} />;
  }
}

/** The records that are spoken about, to go to. */
const Named = ({ answer: { object, records = [] } }: { answer: Answer }) => object
  ? records.map((record) => (
    <Link key={record.id} to="/records/$object/$id" params={{ object, id: record.id }} sx={{ overflowWrap: "anywhere", flex: 1, minWidth: 0 }}>{record.name}</Link>
  ))
  : null;

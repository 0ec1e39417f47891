import DeleteIcon from "@mui/icons-material/DeleteOutlined";
import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import IconButton from "@mui/material/IconButton";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deleteRecord, recordsKey, restoreRecord } from "../api/records";
import { useObject } from "../api/schema";
import type { RecordData } from "../api/types";
import { useNotify, useReportProblem } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { addExamples, examplesQuery, sentenceOf, sentencesOf, shownExamples } from "./api";
import { useIntentText } from "./texts";

/** The sentences of an intent: seen, added many at once, deleted. */
export function Examples({ intent }: { intent: RecordData }) {
  const t = useIntentText();
  const { data, error, refetch } = useQuery(examplesQuery(intent.id));
  const rights = useObject("intent_example")?.rights;
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting lines={4} />;
  return (
    <>
      {data.records.length === 0 && <Typography variant="body2" sx={{ color: "text.secondary" }}>{t("examples.none")}</Typography>}
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {data.records.map((example) => <Example key={example.id} example={example} mayDelete={rights?.delete === true} />)}
      </Box>
      {data.next && <Typography variant="body2" sx={{ color: "text.secondary", py: 1 }}>{t("examples.more", { count: shownExamples })}</Typography>}
      {rights?.create && <AddExamples intent={intent} known={data.records} />}
    </>
  );
}

function Example({ example, mayDelete }: { example: RecordData; mayDelete: boolean }) {
  const t = useIntentText();
  const notify = useNotify();
  const report = useReportProblem();
  const client = useQueryClient();
  const changed = () => client.invalidateQueries({ queryKey: recordsKey("intent_example") });
  const sentence = sentenceOf(example);
  const drop = useMutation({
    mutationFn: () => deleteRecord("intent_example", example.id),
    onSuccess: async () => { await changed(); notify(sentence, { undo: async () => { await restoreRecord("intent_example", example.id); await changed(); } }); },
    onError: report,
  });
  return (
    <Box component="li" sx={{ display: "flex", alignItems: "center", gap: 1, minHeight: 40, borderBottom: 1, borderColor: "divider" }}>
      <Box sx={{ flex: 1, minWidth: 0, overflowWrap: "anywhere" }} lang={typeof example.language === "string" ? example.language : undefined}>{sentence}</Box>
      {example.is_test === true && <Chip size="small" label={t("examples.test.chip")} />}
      {mayDelete && <IconButton aria-label={t("examples.delete", { sentence })} disabled={drop.isPending} onClick={() => drop.mutate()}><DeleteIcon fontSize="small" /></IconButton>}
    </Box>
  );
}

function AddExamples({ intent, known }: { intent: RecordData; known: RecordData[] }) {
  const t = useIntentText();
  const notify = useNotify();
  const client = useQueryClient();
  const [text, setText] = useState("");
  const [isTest, setIsTest] = useState(false);
  const [refused, setRefused] = useState<string[]>([]);
  const add = useMutation({
    mutationFn: async (sentences: string[]) => ({ sentences, ...(sentences.length > 0 ? await addExamples(intent.id, sentences, isTest) : { results: [] }) }),
    onSuccess: async ({ sentences, results }) => {
      await client.invalidateQueries({ queryKey: recordsKey("intent_example") });
      const failed = sentences.filter((_, i) => (results[i]?.status ?? 500) >= 400);
      setRefused(results.filter(({ status }) => status >= 400).map(({ problem }, i) => `${t("examples.refused", { sentence: failed[i] ?? "" })} ${problem?.detail ?? ""}`));
      setText(failed.join("\n"));
      const count = sentences.length - failed.length;
      if (count > 0) notify(t("examples.added", { count }));
      else if (failed.length === 0) notify(t("examples.known"), { severity: "info" });
    },
  });
  return (
    <Box component="form" sx={{ display: "grid", gap: 1.5, pt: 2 }} onSubmit={(event) => { event.preventDefault(); add.mutate(sentencesOf(text, known.map(sentenceOf))); }}>
      <TextField multiline minRows={3} maxRows={12} label={t("examples.add")} helperText={t("examples.help")} value={text} onChange={(event) => setText(event.target.value)} />
      <Box sx={{ display: "flex", gap: 1.5, flexWrap: "wrap", alignItems: "center" }}>
        <TextField select size="small" label={t("examples.for")} value={isTest ? "test" : "learn"} onChange={(event) => setIsTest(event.target.value === "test")} sx={{ minWidth: 160 }}>
          <MenuItem value="learn">{t("examples.learn")}</MenuItem>
          <MenuItem value="test">{t("examples.test")}</MenuItem>
        </TextField>
        <Button type="submit" variant="outlined" disabled={!text.trim()} loading={add.isPending}>{t("examples.addButton")}</Button>
      </Box>
      {refused.map((each) => <Alert key={each} severity="error">{each}</Alert>)}
      {add.error && <ProblemAlert error={add.error} />}
    </Box>
  );
}

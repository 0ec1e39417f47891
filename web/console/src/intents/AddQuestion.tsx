import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createRecord, recordsKey } from "../api/records";
import type { RecordData } from "../api/types";
import { Card } from "../ui/Card";
import { useNotify } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { useIntentText } from "./texts";

/** A question that was found elsewhere becomes an example of one of the intents. */
export function AddQuestion({ question, intents, onDone }: { question: string; intents: RecordData[]; onDone: (intent?: string) => void }) {
  const t = useIntentText();
  const notify = useNotify();
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [sentence, setSentence] = useState(question);
  const [intent, setIntent] = useState("");
  const add = useMutation({
    mutationFn: () => createRecord("intent_example", { sentence: sentence.trim(), intent_id: intent }, key),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: recordsKey("intent_example") });
      notify(t("examples.added", { count: 1 }));
      onDone(intent);
    },
  });
  return (
    <Card title={t("add.title")}>
      <Box component="form" sx={{ display: "flex", flexWrap: "wrap", gap: 1.5, alignItems: "flex-start" }} onSubmit={(event) => { event.preventDefault(); if (intent && sentence.trim()) add.mutate(); }}>
        <TextField size="small" label={t("try.sentence")} value={sentence} onChange={(event) => setSentence(event.target.value)} sx={{ flex: "2 1 260px" }} slotProps={{ htmlInput: { maxLength: 500 } }} />
        <TextField select size="small" required label={t("add.to")} value={intent} onChange={(event) => setIntent(event.target.value)} sx={{ flex: "1 1 180px" }}>
          {intents.map((each) => <MenuItem key={each.id} value={each.id}>{each.name}</MenuItem>)}
        </TextField>
        <Button type="submit" variant="contained" disabled={!intent || !sentence.trim()} loading={add.isPending}>{t("add.button")}</Button>
        <Button onClick={() => onDone()}>{t("action.cancel")}</Button>
      </Box>
      {add.error && <ProblemAlert error={add.error} />}
    </Card>
  );
}

import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { ProblemAlert } from "../ui/ProblemAlert";
import { understand, type Understood } from "./api";
import { useIntentText } from "./texts";

/** One sentence: what the bot takes it for, how sure it is, and which words say so. */
export function TryBox() {
  const t = useIntentText();
  const [text, setText] = useState("");
  const tried = useMutation({ mutationFn: understand });
  return (
    <Card title={t("try.title")}>
      <Box component="form" sx={{ display: "flex", gap: 1, alignItems: "flex-start", mb: 1 }} onSubmit={(event) => { event.preventDefault(); if (text.trim()) tried.mutate(text); }}>
        <TextField size="small" label={t("try.sentence")} value={text} onChange={(event) => setText(event.target.value)} sx={{ flex: 1 }} slotProps={{ htmlInput: { maxLength: 500 } }} />
        <Button type="submit" variant="outlined" loading={tried.isPending}>{t("try.button")}</Button>
      </Box>
      <div role="status">{tried.data && <Outcome understood={tried.data} />}</div>
      {tried.error && <ProblemAlert error={tried.error} />}
    </Card>
  );
}

function Outcome({ understood }: { understood: Understood }) {
  const t = useIntentText();
  const { format } = useLocale();
  if (understood.version === null) return <Alert severity="info">{t("try.never")}</Alert>;
  if (!understood.name) return <Alert severity="info">{t("try.nothing")}</Alert>;
  const percent = `${format.number(Math.round(understood.confidence * 100))} %`;
  const words = (sign: number) => understood.because.filter(({ weight }) => weight * sign > 0.005).sort((a, b) => sign * (b.weight - a.weight));
  return (
    <Box sx={{ display: "grid", gap: 1.5 }}>
      <Alert severity={understood.sure ? "success" : "info"}>
        <strong>{t("try.is", { name: understood.name, percent })}</strong>
        <div>{t(understood.sure ? "try.sure" : "try.unsure")}</div>
      </Alert>
      <Words title={t("try.because")} words={words(1)} />
      <Words title={t("try.against")} words={words(-1)} />
    </Box>
  );
}

/** Words with how much they count: the stronger, the bolder. */
function Words({ title, words }: { title: string; words: Understood["because"] }) {
  const { format } = useLocale();
  if (words.length === 0) return null;
  return (
    <div>
      <Typography variant="h3" sx={{ mb: 0.75 }}>{title}</Typography>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "flex", flexWrap: "wrap", gap: 0.75 }}>
        {words.map(({ word, weight }, i) => <li key={`${word} ${i}`}><Chip size="small" variant="outlined" label={`${word} ${weight > 0 ? "+" : "−"}${format.number(Math.round(Math.abs(weight) * 100) / 100)}`} sx={{ fontWeight: Math.abs(weight) > 0.3 ? 700 : 400 }} /></li>)}
      </Box>
    </div>
  );
}

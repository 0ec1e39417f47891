import AddIcon from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useObject } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { AddQuestion } from "../intents/AddQuestion";
import { intentsQuery } from "../intents/api";
import { IntentDialog } from "../intents/IntentDialog";
import { IntentList } from "../intents/IntentList";
import { useIntentText } from "../intents/texts";
import { Training, Versions } from "../intents/Training";
import { TryBox } from "../intents/TryBox";
import { EmptyState } from "../ui/EmptyState";
import { NotFound } from "../ui/NotFound";
import { PageHeader } from "../ui/PageHeader";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

/** What customers of this company want: taught by examples, trained, tested and tried. */
export function IntentsPage() {
  const object = useObject("intent");
  return object?.rights.read ? <Intents object={object} /> : <NotFound />;
}

function Intents({ object }: { object: ObjectDef }) {
  const t = useIntentText();
  const navigate = useNavigate();
  const { open, question } = useSearch({ from: "/app/intents" });
  const { data, error, refetch } = useQuery(intentsQuery);
  const [making, setMaking] = useState(false);
  const go = (search: { open?: string; question?: string }) => void navigate({ to: "/intents", search, replace: true });
  const add = object.rights.create && <Button variant="contained" startIcon={<AddIcon />} onClick={() => setMaking(true)}>{t("intents.new")}</Button>;
  const intents = data?.records ?? [];
  return (
    <>
      <PageHeader title={object.plural_label} subtitle={t("intents.text")}>{intents.length > 0 && add}</PageHeader>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting lines={6} />}
      {question && intents.length > 0 && <AddQuestion question={question} intents={intents} onDone={(intent) => go({ open: intent ?? open })} />}
      {data && intents.length === 0 && <Paper variant="outlined"><EmptyState title={t("intents.none")} text={t("intents.noneText")}>{add}</EmptyState></Paper>}
      {intents.length > 0 && (
        <Box sx={{ display: "grid", gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 1fr) minmax(0, 1fr)" }, gap: 2, alignItems: "start" }}>
          <IntentList object={object} intents={intents} open={open} onOpen={(intent) => go({ open: intent, question })} />
          <div><TryBox /><Training /><Versions /></div>
        </Box>
      )}
      {making && <IntentDialog object={object} onClose={(saved) => { setMaking(false); if (saved) go({ open: saved.id, question }); }} />}
    </>
  );
}

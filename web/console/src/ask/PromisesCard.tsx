import Box from "@mui/material/Box";
import FormControlLabel from "@mui/material/FormControlLabel";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Card } from "../ui/Card";
import { useReportProblem } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { ApprovalList } from "./ApprovalList";
import { approvalsQuery, endPromise, promisesQuery, quietHoursQuery, setQuietHours, type QuietHours } from "./api";
import { PromiseList } from "./PromiseList";
import { useAskText } from "./texts";

const usual: QuietHours = { begins: "20:00", ends: "07:00" };

/** What the bot does for this person by itself, and when it keeps quiet. */
export function PromisesCard() {
  const t = useAskText();
  return (
    <Card title={t("promises.title")}>
      <Promises />
      <Approvals />
      <Quiet />
    </Card>
  );
}

function Promises() {
  const t = useAskText();
  const client = useQueryClient();
  const report = useReportProblem();
  const query = useQuery(promisesQuery);
  const stop = useMutation({ mutationFn: endPromise, onSettled: () => client.invalidateQueries({ queryKey: promisesQuery.queryKey }), onError: report });
  if (query.isPending) return <Waiting lines={2} />;
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <Typography sx={{ color: "text.secondary" }}>{t("promises.none")}</Typography>;
  return <PromiseList promises={query.data} disabled={stop.isPending} onStop={(id) => stop.mutate(id)} />;
}

/** What waits for this person's yes, and what they asked others' for; nothing where there is none. */
function Approvals() {
  const t = useAskText();
  const { data } = useQuery(approvalsQuery);
  if (!data || data.to_decide.length + data.asked.length === 0) return null;
  return (
    <Box sx={{ mt: 2 }}>
      <Typography variant="h3" sx={{ mb: 1 }}>{t("approvals.label")}</Typography>
      <ApprovalList approvals={[...data.to_decide, ...data.asked]} />
    </Box>
  );
}

function Quiet() {
  const t = useAskText();
  const client = useQueryClient();
  const report = useReportProblem();
  const query = useQuery(quietHoursQuery);
  const save = useMutation({
    mutationFn: setQuietHours,
    onSuccess: (hours) => { client.setQueryData(quietHoursQuery.queryKey, hours); void client.invalidateQueries({ queryKey: promisesQuery.queryKey }); },
    onError: report,
  });
  if (!query.data) return null;
  const { begins, ends } = query.data;
  const on = begins !== null && ends !== null;
  return (
    <Box sx={{ mt: 2 }}>
      <FormControlLabel label={t("quiet.on")} control={<Switch checked={on} onChange={(event) => save.mutate(event.target.checked ? usual : { begins: null, ends: null })} />} />
      <Typography variant="body2" sx={{ color: "text.secondary", mb: 1.5 }}>{t("quiet.about")}</Typography>
      {on && (
        <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { sm: "1fr 1fr" } }}>
          <Time label={t("quiet.begins")} value={begins} onChange={(time) => save.mutate({ begins: time, ends })} />
          <Time label={t("quiet.ends")} value={ends} onChange={(time) => save.mutate({ begins, ends: time })} />
        </Box>
      )}
    </Box>
  );
}

const Time = ({ label, value, onChange }: { label: string; value: string; onChange: (time: string) => void }) => (
  <TextField key={value} type="time" label={label} defaultValue={value} slotProps={{ inputLabel: { shrink: true } }} onBlur={(event) => { if (event.target.value && event.target.value !== value) onChange(event.target.value); }} />
);

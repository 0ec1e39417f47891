import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import LinearProgress from "@mui/material/LinearProgress";
import Typography from "@mui/material/Typography";
import { useIsMutating, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { recordsKey, runAction } from "../api/records";
import { useObject } from "../api/schema";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { useNotify, useReportProblem } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { train, versionsQuery, type Version } from "./api";
import { Measured } from "./Measured";
import { useIntentText } from "./texts";

const key = ["intents", "train"];

/** Learning, and what came of it the last time. */
export function Training() {
  const t = useIntentText();
  const client = useQueryClient();
  const object = useObject("intent_model");
  const { data: versions, error, refetch } = useQuery(versionsQuery);
  const training = useMutation({ mutationKey: key, mutationFn: train, onSettled: () => client.invalidateQueries({ queryKey: recordsKey("intent_model") }) });
  const running = useIsMutating({ mutationKey: key }) > 0;
  const last = versions?.[0];
  return (
    <Card title={t("train.title")} actions={object?.rights.create && <Button variant="contained" onClick={() => training.mutate()} disabled={running}>{t("train.button")}</Button>}>
      <div role="status">{running && <><Typography variant="body2" sx={{ mb: 1 }}>{t("train.running")}</Typography><LinearProgress aria-label={t("train.running")} sx={{ mb: 2 }} /></>}</div>
      {training.error && !running && <ProblemAlert error={training.error} />}
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!versions && !error && <Waiting lines={3} />}
      {versions && !last && <Typography sx={{ color: "text.secondary" }}>{t("train.never")}</Typography>}
      {last && <Box sx={{ display: "grid", gap: 2, opacity: running ? 0.6 : 1 }}><InUse last={last} versions={versions} /><Measured version={last} /></Box>}
    </Card>
  );
}

/** Which version the bot goes by; and if that is not the last one, why. */
function InUse({ last, versions }: { last: Version; versions: Version[] }) {
  const t = useIntentText();
  const mayUse = useObject("intent_model")?.rights.update;
  const use = useUse();
  const failed = last.figures.failures.filter((failure) => failure.is_new).length;
  if (!last.in_use && failed > 0) {
    const action = mayUse && <Button color="inherit" loading={use.isPending} onClick={() => use.mutate(last)}>{t("train.useAnyway")}</Button>;
    return <Alert severity="warning" action={action}>{t("train.notUsed", { number: last.number, count: failed })}</Alert>;
  }
  const used = versions.find((version) => version.in_use);
  return used ? <Alert severity="success">{t("train.used", { number: used.number })}</Alert> : null;
}

/** Puts a version into use. */
export function useUse() {
  const t = useIntentText();
  const client = useQueryClient();
  const notify = useNotify();
  const report = useReportProblem();
  return useMutation({
    mutationFn: (version: Version) => runAction("intent_model", version.id, "use", {}),
    onSuccess: async (_, version) => { await client.invalidateQueries({ queryKey: recordsKey("intent_model") }); notify(t("versions.now", { number: version.number })); },
    onError: report,
  });
}

/** The versions, of which an older one can be used again. */
export function Versions() {
  const t = useIntentText();
  const { format } = useLocale();
  const { data: versions = [] } = useQuery(versionsQuery);
  const mayUse = useObject("intent_model")?.rights.update;
  const use = useUse();
  if (versions.length === 0) return null;
  return (
    <Card title={t("versions.title")} dense>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {versions.map((version) => {
          const facts = { percent: format.number(Math.round(version.accuracy ?? 0)) + " %", passed: version.tests_passed, tests: version.tests, when: format.ago(version.created_at) };
          return (
            <Box component="li" key={version.id} sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 1, px: 2, py: 1, borderTop: 1, borderColor: "divider" }}>
              <Box sx={{ flex: "1 1 180px", minWidth: 0 }}>
                <Box sx={{ fontWeight: 600 }}>{t("versions.is", { number: version.number })}</Box>
                <Typography variant="caption" sx={{ color: "text.secondary" }}>{t(version.tests > 0 ? "versions.facts" : "versions.factsNoTests", facts)}{version.by && ` ${t("versions.by", { name: version.by })}`}</Typography>
              </Box>
              {version.in_use ? <Typography variant="body2" sx={{ fontWeight: 600 }}>{t("versions.inUse")}</Typography>
                : mayUse && <Button size="small" variant="outlined" disabled={use.isPending} onClick={() => use.mutate(version)} aria-label={t("versions.useOf", { number: version.number })}>{t("versions.use")}</Button>}
            </Box>
          );
        })}
      </Box>
    </Card>
  );
}

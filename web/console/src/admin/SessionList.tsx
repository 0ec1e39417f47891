import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemText from "@mui/material/ListItemText";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { endSession, sessionsQuery } from "../api/session";
import { useLocale } from "../i18n";
import { useReportProblem } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

/** Where a person is signed in: one's own sessions, or another's for those who manage users. */
export function SessionList({ user }: { user?: string }) {
  const { t, format } = useLocale();
  const client = useQueryClient();
  const report = useReportProblem();
  const query = useQuery(sessionsQuery(user));
  const end = useMutation({ mutationFn: endSession, onSuccess: () => client.invalidateQueries({ queryKey: ["sessions"] }), onError: report });
  if (query.isPending) return <Waiting lines={2} />;
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) return <>{t("session.none")}</>;
  return (
    <List dense disablePadding>
      {query.data.map((session) => (
        <ListItem key={session.id} disableGutters secondaryAction={session.current ? <Chip label={t("session.this")} /> : <Button onClick={() => end.mutate(session.id)}>{t("session.end")}</Button>}>
          <ListItemText
            primary={browserOf(session.user_agent) ?? t("session.unknown")}
            secondary={[session.address, session.last_seen_at ?? session.created_at ? t("session.seen", { when: format.ago(session.last_seen_at ?? session.created_at) }) : ""].filter(Boolean).join(" · ")}
          />
        </ListItem>
      ))}
    </List>
  );
}

function browserOf(agent: string | null | undefined): string | undefined {
  if (!agent) return undefined;
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(agent)?.[1];
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent)?.[1];
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "macOS" };
  return browser || system ? [browser, system].flatMap((part) => (part ? [names[part] ?? part] : [])).join(", ") : agent.slice(0, 60);
}

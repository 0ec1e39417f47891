import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import Paper from "@mui/material/Paper";
import TextField from "@mui/material/TextField";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { eventsQuery } from "../api/events";
import { useSchema } from "../api/schema";
import { EventItem } from "../events/EventItem";
import { ReferenceInput } from "../fields/ReferenceInput";
import { useText } from "../i18n";
import { EmptyState } from "../ui/EmptyState";
import { PageHeader } from "../ui/PageHeader";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

const kinds = ["created", "updated", "deleted", "restored", "merged", "defined", "signed_in"] as const;

/** Who changed what, when and through what; each change can be taken back. */
export function AuditPage() {
  const t = useText();
  const schema = useSchema();
  const navigate = useNavigate();
  const filter = useSearch({ from: "/app/admin/audit" });
  const query = useInfiniteQuery(eventsQuery(filter));
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  const set = (change: typeof filter) => void navigate({ to: "/admin/audit", search: { ...filter, ...change } });
  return (
    <Box sx={{ maxWidth: 960, mx: "auto" }}>
      <PageHeader title={t("admin.audit")} subtitle={t("audit.text")} />
      <Box role="search" aria-label={t("audit.filter")} sx={{ display: "grid", gap: 1, gridTemplateColumns: "repeat(auto-fit, minmax(180px, 1fr))", mb: 2 }}>
        <TextField select label={t("audit.object")} value={filter.object ?? ""} onChange={(event) => set({ object: event.target.value || undefined })} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
          <MenuItem value="">{t("audit.any")}</MenuItem>
          {schema.objects.map((object) => <MenuItem key={object.name} value={object.name}>{object.plural_label}</MenuItem>)}
        </TextField>
        <TextField select label={t("audit.kind")} value={filter.kind ?? ""} onChange={(event) => set({ kind: event.target.value || undefined })} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
          <MenuItem value="">{t("audit.any")}</MenuItem>
          {kinds.map((kind) => <MenuItem key={kind} value={kind}>{t(`event.kind.${kind}`)}</MenuItem>)}
        </TextField>
        <ReferenceInput bare field={{ name: "by", label: t("audit.by"), type: "user" }} value={filter.by ?? null} onChange={(by) => set({ by: typeof by === "string" ? by : undefined })} />
      </Box>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Paper variant="outlined" sx={{ p: 2 }}>
        {query.isPending && <Waiting />}
        {query.data && events.length === 0 && <EmptyState title={t("audit.none")} />}
        <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }}>{events.map((event) => <EventItem key={event.sequence} event={event} />)}</Box>
        {query.hasNextPage && <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("timeline.earlier")}</Button>}
      </Paper>
    </Box>
  );
}

import AddIcon from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import { useInfiniteQuery } from "@tanstack/react-query";
import { eventsQuery } from "../api/events";
import { useSchema } from "../api/schema";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { ButtonLink } from "../ui/links";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { EventItem } from "./EventItem";

/** The latest changes to the objects people work with. */
export default function RecentEvents() {
  const { t } = useLocale();
  const query = useInfiniteQuery(eventsQuery({}));
  const schema = useSchema();
  // Of a bulk change, one stands for all.
  const batches = new Set<string>();
  const isNew = (batch: string | null | undefined) => !batch || (!batches.has(batch) && batches.add(batch).size > 0);
  const events = (query.data?.pages[0]?.events ?? []).filter((event) => schema.byName.get(event.object)?.in_navigation && isNew(event.batch)).slice(0, 12);
  const first = schema.objects.filter((object) => object.in_navigation && object.rights.create).slice(0, 4);
  return (
    <Card title={t("home.recent")}>
      {query.isPending && <Waiting lines={5} />}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && events.length === 0 && (
        <EmptyState title={t("home.nothingYet")} text={t("home.nothingYetText")}>
          {first.map((object) => <ButtonLink key={object.name} variant="outlined" startIcon={<AddIcon />} to="/records/$object/new" params={{ object: object.name }}>{object.label}</ButtonLink>)}
        </EmptyState>
      )}
      <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }}>{events.map((event) => <EventItem key={event.sequence} event={event} />)}</Box>
    </Card>
  );
}

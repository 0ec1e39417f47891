import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useInfiniteQuery } from "@tanstack/react-query";
import { timelineQuery } from "../api/events";
import type { ObjectDef, RecordData } from "../api/types";
import { EventItem } from "../events/EventItem";
import { useText } from "../i18n";
import { Card } from "../ui/Card";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

/** Everything that happened to a record, newest first. */
export function Timeline({ object, record }: { object: ObjectDef; record: RecordData }) {
  const t = useText();
  const query = useInfiniteQuery(timelineQuery(object.name, record.id));
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Card title={t("record.timeline")}>
      {query.isPending && <Waiting lines={4} />}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Box component="ol" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {events.map((event) => <EventItem key={event.sequence} event={event} of={record.id} />)}
      </Box>
      {query.hasNextPage && <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("timeline.earlier")}</Button>}
    </Card>
  );
}

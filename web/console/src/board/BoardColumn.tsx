import { useDroppable } from "@dnd-kit/core";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useId } from "react";
import { pagesQuery } from "../api/records";
import type { Field, Filter, Groups, ObjectDef } from "../api/types";
import { both } from "../filters/model";
import { useLocale } from "../i18n";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { BoardCard } from "./BoardCard";
import type { Column } from "./useColumns";
import type { Move } from "./useMove";

interface BoardColumnProps {
  object: ObjectDef;
  field: Field;
  column: Column;
  columns: Column[];
  filter: Filter | undefined;
  q: string;
  move: Move;
  total: Groups["groups"][number] | undefined;
  counted: boolean;
  amount: Field | undefined;
}

export function BoardColumn({ object, field, column, columns, filter, q, move, total, counted, amount }: BoardColumnProps) {
  const { t, format, currency } = useLocale();
  const id = useId();
  const { setNodeRef, isOver } = useDroppable({ id: column.key });
  const query = useInfiniteQuery(pagesQuery(object.name, {
    q: q || undefined, filter: both(filter, { field: field.name, op: "eq", value: column.key }), sort: [{ field: "updated_at", descending: true }], limit: 25,
  }));
  const { underway } = move;
  const stored = query.data?.pages.flatMap((page) => page.records) ?? [];
  const staying = underway ? stored.filter((record) => record.id !== underway.record.id || underway.key === column.key) : stored;
  const records = underway?.key === column.key && !stored.some((record) => record.id === underway.record.id) ? [underway.record, ...staying] : staying;
  const [count, sum] = total?.values ?? [];
  return (
    <Box
      component="section" aria-labelledby={id} ref={setNodeRef}
      sx={{
        flex: { xs: "0 0 84vw", sm: "0 0 272px" }, scrollSnapAlign: "start", borderRadius: 2, border: 1, borderColor: isOver ? "primary.main" : "divider",
        bgcolor: isOver ? "action.hover" : "action.selected", p: 1, minHeight: 320, display: "flex", flexDirection: "column",
      }}
    >
      <Box sx={{ px: 0.5, pb: 1, display: "flex", alignItems: "baseline", gap: 1 }}>
        {column.colour && <Box aria-hidden sx={{ width: 8, height: 8, borderRadius: "50%", bgcolor: column.colour, alignSelf: "center" }} />}
        <Typography id={id} variant="h3" component="h2" sx={{ flex: 1, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>{column.label}</Typography>
        {counted && !q && (
          <Typography variant="caption" sx={{ color: "text.secondary", fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}>
            {t("board.count", { count: typeof count === "number" ? count : 0 })}
            {amount && (sum !== null && sum !== undefined ? ` · ${format.money(sum, currency, true)}` : total?.mixed_currencies ? ` · ${t("board.mixed")}` : "")}
          </Typography>
        )}
      </Box>
      {query.isPending && <Waiting lines={3} height={56} />}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: 1 }}>
        {records.map((record) => <BoardCard key={record.id} object={object} field={field} record={record} column={column} columns={columns} onMove={(next) => move.to(record, next)} waiting={underway?.record.id === record.id} />)}
      </Box>
      {query.data && records.length === 0 && <Typography variant="body2" sx={{ color: "text.secondary", p: 1 }}>{t("board.empty")}</Typography>}
      {query.hasNextPage && <Button sx={{ mt: 1 }} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("list.more")}</Button>}
    </Box>
  );
}

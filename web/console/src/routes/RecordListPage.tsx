import AddIcon from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import useMediaQuery from "@mui/material/useMediaQuery";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { pagesQuery } from "../api/records";
import { useObject } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { FilterChips } from "../filters/FilterChips";
import { useText } from "../i18n";
import { BulkBar } from "../records/BulkBar";
import { columnFields } from "../records/columns";
import { useStandardColumns } from "../records/useStandardColumns";
import { DeletedRecords } from "../records/DeletedRecords";
import { ListHeader } from "../records/ListHeader";
import { ListToolbar } from "../records/ListToolbar";
import { RecordCards } from "../records/RecordCards";
import { RecordTable } from "../records/RecordTable";
import { useListState } from "../records/useListState";
import { useSelection } from "../records/useSelection";
import { useShortcut } from "../shell/shortcuts";
import { EmptyState } from "../ui/EmptyState";
import { ButtonLink } from "../ui/links";
import { NotFound } from "../ui/NotFound";
import { ObjectPicture } from "../ui/ObjectPicture";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

const FilterDrawer = lazy(() => import("../filters/FilterDrawer"));
const ColumnDialog = lazy(() => import("../records/ColumnDialog"));

export function RecordListPage() {
  const { object: name } = useParams({ from: "/app/records/$object" });
  const object = useObject(name);
  return object ? <RecordList key={name} object={object} /> : <NotFound />;
}

function RecordList({ object }: { object: ObjectDef }) {
  const t = useText();
  const narrow = useMediaQuery((theme) => theme.breakpoints.down("md"));
  const state = useListState(object);
  const selection = useSelection();
  const [dialog, setDialog] = useState<"filter" | "columns" | null>(null);
  useShortcut("f", () => setDialog("filter"));
  const query = useInfiniteQuery({ ...pagesQuery(object.name, { q: state.q || undefined, filter: state.filter, sort: state.sort, limit: 50, total: true }), enabled: !state.deleted });
  const records = query.data?.pages.flatMap((page) => page.records) ?? [];
  const total = query.data?.pages[0]?.total;
  const standard = useStandardColumns(object, state, query.isPlaceholderData ? undefined : query.data?.pages[0]?.records);
  const columns = state.columns ?? standard;
  const fields = columns.flatMap((column) => columnFields(object).find((field) => field.name === column) ?? []);
  if (state.deleted) return <DeletedRecords object={object} onClose={() => state.set({ deleted: undefined })} />;
  const narrowed = Boolean(state.q) || state.filter !== undefined;
  return (
    <>
      <ListHeader object={object} count={total} state={state} />
      <ListToolbar object={object} state={state} as="table" onFilter={() => setDialog("filter")} onColumns={() => setDialog("columns")} />
      <FilterChips object={object} filter={state.filter} onChange={(filter) => state.set({ filter: filter ?? null })} onEdit={() => setDialog("filter")} />
      {query.isPending && <Paper variant="outlined" sx={{ p: 2 }}><Waiting lines={10} /></Paper>}
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && records.length === 0 && (
        <Paper variant="outlined">
          <EmptyState picture={<ObjectPicture object={object} size={48} />} title={t(narrowed ? "list.noMatch" : "list.empty", { objects: object.plural_label })} text={narrowed ? t("list.noMatchHelp") : (object.description ?? undefined)}>
            {narrowed && <Button variant="outlined" onClick={() => state.set({ q: undefined, filter: null })}>{t("list.showAll")}</Button>}
            {object.rights.create && <ButtonLink variant="contained" startIcon={<AddIcon />} to="/records/$object/new" params={{ object: object.name }}>{t("record.new", { object: object.label })}</ButtonLink>}
          </EmptyState>
        </Paper>
      )}
      {records.length > 0 && (narrow
        ? <RecordCards object={object} fields={fields} records={records} selection={selection} />
        : (
          <Paper variant="outlined" sx={{ overflow: "hidden", opacity: query.isPlaceholderData ? 0.6 : 1 }}>
            <RecordTable object={object} fields={fields} records={records} sort={state.sort} onSort={(sort) => state.set({ sort })} selection={selection} caption={object.plural_label} />
          </Paper>
        ))}
      {records.length > 0 && (
        <Box sx={{ display: "flex", gap: 2, alignItems: "center", justifyContent: "center", py: 2 }}>
          <Typography sx={{ color: "text.secondary" }} variant="body2" role="status">{total === undefined ? t("list.shown", { count: records.length }) : t("list.shownOf", { count: records.length, total })}</Typography>
          {query.hasNextPage && <Button variant="outlined" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t("list.more")}</Button>}
        </Box>
      )}
      <BulkBar object={object} records={records} selection={selection} />
      <Suspense>
        {dialog === "filter" && <FilterDrawer object={object} filter={state.filter} onClose={() => setDialog(null)} onApply={(filter) => state.set({ filter: filter ?? null })} />}
        {dialog === "columns" && <ColumnDialog object={object} columns={columns} onClose={() => setDialog(null)} onApply={(columns) => state.set({ columns })} />}
      </Suspense>
    </>
  );
}

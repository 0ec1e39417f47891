import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { aggregateQuery, listQuery } from "../api/records";
import { targetOf, useObject, useSchema } from "../api/schema";
import type { Field, ObjectDef, RecordData } from "../api/types";
import { Board } from "../board/Board";
import { boardFields, orderField, scopeField } from "../board/columns";
import { useColumns } from "../board/useColumns";
import { FilterChips } from "../filters/FilterChips";
import { both } from "../filters/model";
import { useText } from "../i18n";
import { ListHeader } from "../records/ListHeader";
import { ListToolbar } from "../records/ListToolbar";
import { useListState } from "../records/useListState";
import { EmptyState } from "../ui/EmptyState";
import { NotFound } from "../ui/NotFound";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

/** Which pipeline this browser showed last, object by object. */
const remembered = "parley.board";

const FilterDrawer = lazy(() => import("../filters/FilterDrawer"));

export function BoardPage() {
  const { object: name } = useParams({ from: "/app/records/$object/board" });
  const schema = useSchema();
  const object = useObject(name);
  const [first] = object ? boardFields(object, schema) : [];
  return object && first ? <ObjectBoard key={name} object={object} first={first} /> : <NotFound />;
}

function ObjectBoard({ object, first }: { object: ObjectDef; first: Field }) {
  const t = useText();
  const schema = useSchema();
  const state = useListState(object);
  const [filtering, setFiltering] = useState(false);
  const fields = boardFields(object, schema);
  const field = fields.find((candidate) => candidate.name === state.search.board) ?? first;
  const scope = scopeField(object, field, schema);
  const scopes = useScopes(object, scope, schema.byName.get(scope ? (targetOf(scope) ?? "") : ""));
  const chosen = scopes.data?.find((record) => record.id === (state.search.scope ?? localStorage.getItem(`${remembered} ${object.name}`))) ?? busiest(scopes.data, scopes.counts);
  const columns = useColumns(field, scope, chosen?.id);
  const filter = both(state.filter, scope && chosen ? { field: scope.name, op: "eq", value: chosen.id } : undefined);
  return (
    <>
      <ListHeader object={object} state={state} />
      <ListToolbar object={object} state={state} as="board" onFilter={() => setFiltering(true)}>
        {scope && (scopes.data?.length ?? 0) > 1 && (
          <TextField select label={scope.label} value={chosen?.id ?? ""} onChange={(event) => { localStorage.setItem(`${remembered} ${object.name}`, event.target.value); state.set({ scope: event.target.value }); }} sx={{ width: 180 }}>
            {scopes.data?.map((record) => <MenuItem key={record.id} value={record.id}>{record.name}</MenuItem>)}
          </TextField>
        )}
        {fields.length > 1 && (
          <TextField select label={t("board.by")} value={field.name} onChange={(event) => state.set({ board: event.target.value })} sx={{ width: 160 }}>
            {fields.map((candidate) => <MenuItem key={candidate.name} value={candidate.name}>{candidate.label}</MenuItem>)}
          </TextField>
        )}
      </ListToolbar>
      <FilterChips object={object} filter={state.filter} onChange={(next) => state.set({ filter: next ?? null })} onEdit={() => setFiltering(true)} />
      {columns.error && <ProblemAlert error={columns.error} onRetry={columns.retry} />}
      {columns.pending && <Box sx={{ maxWidth: 480 }}><Waiting lines={8} /></Box>}
      {columns.list?.length === 0 && <EmptyState title={t("board.noColumns")} text={t("board.noColumnsHelp", { field: field.label })} />}
      {columns.list && columns.list.length > 0 && <Board key={`${field.name} ${chosen?.id ?? ""}`} object={object} field={field} columns={columns.list} filter={filter} q={state.q} />}
      <Suspense>
        {filtering && <FilterDrawer object={object} filter={state.filter} onClose={() => setFiltering(false)} onApply={(next) => state.set({ filter: next ?? null })} />}
      </Suspense>
    </>
  );
}

/** What the board can show one at a time, such as pipelines, and how many records each has. */
function useScopes(object: ObjectDef, scope: Field | undefined, target: ObjectDef | undefined) {
  const enabled = scope !== undefined && target !== undefined;
  const list = useQuery({
    ...listQuery(target?.name ?? "", { sort: [{ field: orderField(target)?.name ?? "name" }], limit: 100 }),
    enabled, select: (page) => page.records,
  });
  const counts = useQuery({
    ...aggregateQuery(object.name, { group: [{ field: scope?.name ?? "" }], measures: [{ measure: "count" }] }),
    enabled, select: (answer) => new Map(answer.groups.map((group) => [group.keys[0], Number(group.values[0])])),
  });
  return { data: counts.isPending ? undefined : list.data, counts: counts.data };
}

/** The default one, unless it stands empty while another has records. */
function busiest(scopes: RecordData[] | undefined, counts: Map<unknown, number> | undefined): RecordData | undefined {
  const usual = scopes?.find((record) => record.is_default === true) ?? scopes?.[0];
  if (!usual || counts?.get(usual.id)) return usual;
  return [...(scopes ?? [])].sort((a, b) => (counts?.get(b.id) ?? 0) - (counts?.get(a.id) ?? 0))[0];
}

import Autocomplete from "@mui/material/Autocomplete";
import CircularProgress from "@mui/material/CircularProgress";
import TextField from "@mui/material/TextField";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listQuery, recordQuery } from "../api/records";
import { targetOf } from "../api/schema";
import type { RecordData } from "../api/types";
import { useText } from "../i18n";
import { useDebounced } from "../ui/useDebounced";
import { commonProps, type InputProps } from "./InputProps";

interface Choice { id: string; name: string }
const choiceOf = (record: RecordData): Choice => ({ id: record.id, name: record.name ?? record.id });

function useChoices(target: string | null, typed: string, open: boolean) {
  const q = useDebounced(typed.trim());
  return useQuery({
    ...listQuery(target ?? "", { q: q || undefined, limit: 20, ...(q ? {} : { sort: [{ field: "name" }] }) }),
    enabled: open && target !== null,
    placeholderData: keepPreviousData,
    select: (page) => page.records.map(choiceOf),
  });
}

/** Names of chosen ids: told with the record, else looked up one by one. */
function useNames(target: string | null, ids: string[], known: Map<string, string>): Choice[] {
  const unknown = ids.filter((id) => !known.has(id));
  const found = useQueries({ queries: unknown.map((id) => ({ ...recordQuery(target ?? "", id), enabled: target !== null, staleTime: 60_000 })) });
  const names = new Map(known);
  unknown.forEach((id, index) => { const name = found[index]?.data?.name; if (name) names.set(id, name); });
  return ids.map((id) => ({ id, name: names.get(id) ?? "…" }));
}

export function ReferenceInput(props: InputProps) {
  const { value, names, onChange, field } = props;
  const known = new Map<string, string>();
  const told = names?.[field.name];
  const id = typeof value === "string" ? value : null;
  const [picked, setPicked] = useState<Choice | null>(null);
  const [first] = useState(id);
  if (id && picked?.id === id) known.set(id, picked.name);
  else if (id && typeof told === "string" && id === first) known.set(id, told);
  const [chosen] = useNames(targetOf(field), id ? [id] : [], known);
  return <Picker props={props} multiple={false} chosen={chosen ? [chosen] : []} onPick={(next) => { setPicked(next[0] ?? null); onChange(next[0]?.id ?? null); }} />;
}

export function ReferencesInput(props: InputProps) {
  const { value, names, onChange, field } = props;
  const ids = Array.isArray(value) ? (value as string[]) : [];
  const [picked, setPicked] = useState<Choice[]>([]);
  const [first] = useState(ids);
  const told = names?.[field.name];
  const known = new Map(picked.map(({ id, name }) => [id, name]));
  if (Array.isArray(told)) first.forEach((id, index) => { const name = told[index]; if (name) known.set(id, name); });
  const chosen = useNames(targetOf(field), ids, known);
  return <Picker props={props} multiple chosen={chosen} onPick={(next) => { setPicked(next); onChange(next.map((choice) => choice.id)); }} />;
}

function Picker({ props, multiple, chosen, onPick }: { props: InputProps; multiple: boolean; chosen: Choice[]; onPick: (next: Choice[]) => void }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const searched = multiple || typed !== chosen[0]?.name ? typed : "";
  const { data: options = [], isFetching, error } = useChoices(targetOf(props.field), searched, open);
  const { slotProps, ...common } = commonProps(props);
  return (
    <Autocomplete
      multiple={multiple} open={open} onOpen={() => setOpen(true)} onClose={() => setOpen(false)} openOnFocus={false}
      options={options} value={multiple ? chosen : (chosen[0] ?? null)} inputValue={typed} onInputChange={(_, text) => setTyped(text)}
      filterOptions={(all) => all} loading={isFetching} loadingText={t("state.loading")} noOptionsText={error ? t("error.unexpected") : t("state.nothingFound")}
      getOptionLabel={(option) => option.name} getOptionKey={(option) => option.id} isOptionEqualToValue={(a, b) => a.id === b.id}
      onChange={(_, next) => onPick(Array.isArray(next) ? next : next ? [next] : [])}
      renderInput={(params) => (
        <TextField
          {...params} {...common}
          slotProps={{
            ...params.slotProps,
            htmlInput: { ...params.slotProps.htmlInput, ...slotProps.htmlInput },
            input: { ...params.slotProps.input, endAdornment: <>{isFetching && open && <CircularProgress size={14} aria-hidden />}{params.slotProps.input.endAdornment}</> },
          }}
        />
      )}
    />
  );
}

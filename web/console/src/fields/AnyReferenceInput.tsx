import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { recordQuery } from "../api/records";
import { useSchema } from "../api/schema";
import { searchQuery } from "../api/search";
import type { AnyReference, Hit } from "../api/types";
import { useText } from "../i18n";
import { ObjectPicture } from "../ui/ObjectPicture";
import { useDebounced } from "../ui/useDebounced";
import { commonProps, type InputProps } from "./InputProps";

type Choice = Pick<Hit, "object" | "id" | "name">;

/** A record of any object, found by searching across all of them. */
export function AnyReferenceInput(props: InputProps) {
  const { value, onChange, names, field } = props;
  const t = useText();
  const schema = useSchema();
  const chosen = value as AnyReference | null | undefined;
  const [picked, setPicked] = useState<Choice | null>(null);
  const [firstId] = useState(chosen?.id);
  const told = names?.[field.name];
  const knownName = picked && picked.id === chosen?.id ? picked.name : chosen?.id === firstId && typeof told === "string" ? told : null;
  const { data: record } = useQuery({ ...recordQuery(chosen?.object ?? "", chosen?.id ?? ""), enabled: Boolean(chosen) && knownName === null });
  const current: Choice | null = chosen ? { ...chosen, name: knownName ?? record?.name ?? "…" } : null;
  const [typed, setTyped] = useState("");
  const q = useDebounced(typed === current?.name ? "" : typed.trim());
  const { data: hits = [], isFetching } = useQuery(searchQuery(q));
  const { slotProps, ...common } = commonProps(props);
  return (
    <Autocomplete
      options={q ? hits : []} value={current} inputValue={typed} onInputChange={(_, text) => setTyped(text)}
      filterOptions={(all) => all} loading={isFetching} loadingText={t("state.loading")} noOptionsText={q ? t("state.nothingFound") : t("field.typeToSearch")}
      getOptionLabel={(option) => option.name} getOptionKey={(option) => option.object + option.id} isOptionEqualToValue={(a, b) => a.id === b.id}
      onChange={(_, next) => { setPicked(next); onChange(next ? { object: next.object, id: next.id } : null); }}
      renderOption={({ key, ...option }, hit) => {
        const object = schema.byName.get(hit.object);
        return (
          <Box component="li" key={key} {...option} sx={{ gap: 1 }}>
            {object && <ObjectPicture object={object} size={20} />}
            <span>{hit.name}</span>
            <Typography sx={{ color: "text.secondary" }} variant="caption">{object?.label ?? hit.object}</Typography>
          </Box>
        );
      }}
      renderInput={(params) => <TextField {...params} {...common} slotProps={{ ...params.slotProps, htmlInput: { ...params.slotProps.htmlInput, ...slotProps.htmlInput } }} />}
    />
  );
}

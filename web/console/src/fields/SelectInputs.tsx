import Autocomplete from "@mui/material/Autocomplete";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import type { Field, Option } from "../api/types";
import { useText } from "../i18n";
import { commonProps, type InputProps } from "./InputProps";

const offered = (field: Field, chosen: unknown[]): Option[] => {
  const options = [...(field.options ?? [])].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return options.filter((option) => !option.archived || chosen.includes(option.key));
};

export function SelectInput(props: InputProps) {
  const { field, value, onChange } = props;
  const t = useText();
  const common = commonProps(props);
  return (
    <TextField
      {...common} select value={typeof value === "string" ? value : ""} onChange={(event) => onChange(event.target.value || null)}
      slotProps={{ ...common.slotProps, select: { inputProps: common.slotProps.htmlInput } }}
    >
      {!field.required && <MenuItem value=""><em>{t("value.none")}</em></MenuItem>}
      {offered(field, [value]).map((option) => <MenuItem key={option.key} value={option.key}>{option.label}</MenuItem>)}
    </TextField>
  );
}

export function MultiSelectInput(props: InputProps) {
  const { field, value, onChange } = props;
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const options = offered(field, chosen);
  const { slotProps, ...common } = commonProps(props);
  return (
    <Autocomplete
      multiple disableCloseOnSelect options={options} value={options.filter((option) => chosen.includes(option.key))}
      getOptionLabel={(option) => option.label} isOptionEqualToValue={(a, b) => a.key === b.key}
      onChange={(_, next) => onChange(next.map((option) => option.key))}
      renderInput={(params) => <TextField {...params} {...common} slotProps={{ ...params.slotProps, htmlInput: { ...params.slotProps.htmlInput, ...slotProps.htmlInput } }} />}
    />
  );
}

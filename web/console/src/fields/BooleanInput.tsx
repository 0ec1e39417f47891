import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import Switch from "@mui/material/Switch";
import type { InputProps } from "./InputProps";

export function BooleanInput({ field, value, onChange, error, bare }: InputProps) {
  return (
    <FormControl error={Boolean(error)}>
      <FormControlLabel sx={{ ml: -0.5 }} control={<Switch checked={value === true} onChange={(event) => onChange(event.target.checked)} slotProps={{ input: { "data-field": field.name } as object }} />} label={field.label} />
      {(error ?? (!bare && field.description)) && <FormHelperText>{error ?? field.description}</FormHelperText>}
    </FormControl>
  );
}

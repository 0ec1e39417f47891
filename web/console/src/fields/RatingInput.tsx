import FormControl from "@mui/material/FormControl";
import FormHelperText from "@mui/material/FormHelperText";
import FormLabel from "@mui/material/FormLabel";
import Rating from "@mui/material/Rating";
import { useId } from "react";
import type { InputProps } from "./InputProps";

export function RatingInput({ field, value, onChange, error, hideLabel, bare }: InputProps) {
  const id = useId();
  return (
    <FormControl error={Boolean(error)} component="fieldset" sx={{ border: 0, p: 0, m: 0 }}>
      {!hideLabel && <FormLabel component="legend" sx={{ fontSize: "0.75rem" }}>{field.label}</FormLabel>}
      <Rating name={id} max={field.max ?? 5} value={typeof value === "number" ? value : null} onChange={(_, next) => onChange(next)} />
      {(error ?? (!bare && field.description)) && <FormHelperText>{error ?? field.description}</FormHelperText>}
    </FormControl>
  );
}

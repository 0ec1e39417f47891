import FormControl from "@mui/material/FormControl";
import FormHelperText from "@mui/material/FormHelperText";
import InputLabel from "@mui/material/InputLabel";
import OutlinedInput, { type OutlinedInputProps } from "@mui/material/OutlinedInput";
import { useId } from "react";

/** A labelled input and nothing more: what a page before sign-in needs of a text field, without menus and selects. */
export function PlainInput({ label, error, ...props }: Omit<OutlinedInputProps, "error"> & { label: string; error?: string }) {
  const id = useId();
  return (
    <FormControl fullWidth size="small" required={props.required} error={Boolean(error)}>
      <InputLabel htmlFor={id}>{label}</InputLabel>
      <OutlinedInput id={id} label={label} aria-describedby={error ? `${id}-error` : undefined} {...props} />
      {error && <FormHelperText id={`${id}-error`}>{error}</FormHelperText>}
    </FormControl>
  );
}

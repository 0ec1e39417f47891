import type { Field, RecordData } from "../api/types";

/** What every input of a field takes; `value` has the JSON form of the field's type. */
export interface InputProps {
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string;
  names?: RecordData["_names"];
  autoFocus?: boolean;
  hideLabel?: boolean;
  /** Shown without its description, as in a filter row or a bulk edit. */
  bare?: boolean;
}

export function commonProps({ field, error, autoFocus, hideLabel, bare }: InputProps) {
  return {
    label: hideLabel ? undefined : field.label,
    required: field.required && !bare,
    error: Boolean(error),
    helperText: error ?? (bare ? undefined : (field.description ?? undefined)),
    autoFocus,
    slotProps: { htmlInput: { "aria-label": hideLabel ? field.label : undefined, "data-field": field.name } },
  };
}

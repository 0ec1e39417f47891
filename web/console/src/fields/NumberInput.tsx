import InputAdornment from "@mui/material/InputAdornment";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { valueType } from "../api/schema";
import { useLocale } from "../i18n";
import { parseDecimal, typedDecimal } from "../values/number";
import { commonProps, type InputProps } from "./InputProps";

/** A number typed the person's way; what is no number stays as typed and is refused by validation. */
export function NumberInput(props: InputProps) {
  const { field, value, onChange } = props;
  const { language } = useLocale();
  const kind = valueType(field);
  const { text, setText } = useDraft(value, language);
  const common = commonProps(props);
  return (
    <TextField
      {...common} value={text} autoComplete="off"
      onChange={(event) => {
        setText(event.target.value);
        const parsed = parseDecimal(event.target.value, language);
        onChange(event.target.value.trim() === "" ? null : parsed === null ? event.target.value : kind === "decimal" ? parsed : Number(parsed));
      }}
      slotProps={{
        htmlInput: { ...common.slotProps.htmlInput, inputMode: "decimal" },
        input: kind === "percent" ? { endAdornment: <InputAdornment position="end">%</InputAdornment> } : {},
      }}
    />
  );
}

/** The text being typed; follows the value when something else changes it. */
export function useDraft(value: unknown, language: string) {
  const shown = typeof value === "number" || typeof value === "string" ? value : null;
  const [text, setText] = useState(shown === null ? "" : typedDecimal(shown, language));
  const typed = parseDecimal(text, language) ?? (text.trim() === "" ? null : text);
  const same = shown === null ? typed === null : typed === String(shown) || (typed !== null && Number(typed) === Number(shown));
  if (!same) setText(shown === null ? "" : typedDecimal(shown, language));
  return { text, setText };
}

import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useLocale } from "../i18n";
import { isoOf, parseDuration, secondsOf } from "../values/duration";
import { commonProps, type InputProps } from "./InputProps";

export function DurationInput(props: InputProps) {
  const { value, onChange } = props;
  const { format, t } = useLocale();
  const [draft, setDraft] = useState<string | null>(null);
  const shown = secondsOf(value) === null ? (typeof value === "string" ? value : "") : format.duration(value);
  return (
    <TextField
      {...commonProps(props)} value={draft ?? shown} placeholder={t("field.durationExample")} autoComplete="off"
      onChange={(event) => {
        setDraft(event.target.value);
        const seconds = parseDuration(event.target.value);
        onChange(event.target.value.trim() === "" ? null : seconds === null ? event.target.value : isoOf(seconds));
      }}
      onBlur={() => setDraft(null)}
    />
  );
}

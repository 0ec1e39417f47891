import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useLocale } from "../i18n";
import { instantOf, wallClock } from "../values/zone";
import { commonProps, type InputProps } from "./InputProps";

export function DateInput(props: InputProps) {
  const { value, onChange } = props;
  const common = commonProps(props);
  return (
    <TextField
      {...common} type="date" value={typeof value === "string" ? value.slice(0, 10) : ""} onChange={(event) => onChange(event.target.value || null)}
      slotProps={{ ...common.slotProps, inputLabel: { shrink: true } }}
    />
  );
}

/** Shows and takes the wall-clock time of the person's own zone; the value is UTC. */
export function DateTimeInput(props: InputProps) {
  const { value, onChange } = props;
  const { zone } = useLocale();
  const wall = typeof value === "string" && value !== "" && !Number.isNaN(Date.parse(value)) ? wallClock(new Date(value), zone) : "";
  const [draft, setDraft] = useState<string | null>(null);
  const common = commonProps(props);
  return (
    <TextField
      {...common} type="datetime-local" value={draft ?? wall}
      onChange={(event) => {
        setDraft(event.target.value);
        onChange(event.target.value ? (instantOf(event.target.value, zone)?.toISOString().replace(".000Z", "Z") ?? null) : null);
      }}
      onBlur={() => setDraft(null)}
      slotProps={{ ...common.slotProps, inputLabel: { shrink: true } }}
    />
  );
}

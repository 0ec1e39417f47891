import TextField from "@mui/material/TextField";
import { useId } from "react";
import type { Field } from "../api/types";
import { languages, useLocale } from "../i18n";
import { languageName } from "../values/format";
import { commonProps, type InputProps } from "./InputProps";

const kinds: Partial<Record<string, "email" | "tel" | "url">> = { email: "email", phone: "tel", url: "url" };

export function TextInput(props: InputProps) {
  const { field, value, onChange } = props;
  const { language } = useLocale();
  const list = useId();
  const common = commonProps(props);
  const known = suggestions(field, language);
  return (
    <>
      <TextField
        {...common} type={kinds[field.type] ?? "text"} autoComplete="off" value={typeof value === "string" || typeof value === "number" ? value : ""} onChange={(event) => onChange(event.target.value)}
        slotProps={{ htmlInput: { ...common.slotProps.htmlInput, list: known && list } }}
      />
      {known && <datalist id={list}>{known.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}</datalist>}
    </>
  );
}

/** By convention of names: languages and time zones are codes, which few know by heart. */
function suggestions(field: Field, language: string): { key: string; label?: string }[] | undefined {
  if (field.type !== "text") return undefined;
  if (field.name === "language") return languages.map(({ code }) => ({ key: code, label: languageName(code, language) }));
  if (field.name === "time_zone") return Intl.supportedValuesOf("timeZone").map((key) => ({ key }));
  return undefined;
}

export function LongTextInput(props: InputProps) {
  const { value, onChange } = props;
  return <TextField {...commonProps(props)} multiline minRows={3} maxRows={16} value={typeof value === "string" ? value : ""} onChange={(event) => onChange(event.target.value)} />;
}

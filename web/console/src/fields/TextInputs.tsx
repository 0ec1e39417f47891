import TextField from "@mui/material/TextField";
import { commonProps, type InputProps } from "./InputProps";

const kinds: Partial<Record<string, "email" | "tel" | "url">> = { email: "email", phone: "tel", url: "url" };

export function TextInput(props: InputProps) {
  const { field, value, onChange } = props;
  return <TextField {...commonProps(props)} type={kinds[field.type] ?? "text"} autoComplete="off" value={typeof value === "string" || typeof value === "number" ? value : ""} onChange={(event) => onChange(event.target.value)} />;
}

export function LongTextInput(props: InputProps) {
  const { value, onChange } = props;
  return <TextField {...commonProps(props)} multiline minRows={3} maxRows={16} value={typeof value === "string" ? value : ""} onChange={(event) => onChange(event.target.value)} />;
}

import TextField from "@mui/material/TextField";
import { useState } from "react";
import { Unparsed } from "../values/validate";
import { commonProps, type InputProps } from "./InputProps";

/** Latitude and longitude, parted by a comma. */
export function LocationInput(props: InputProps) {
  const { value, onChange } = props;
  const [draft, setDraft] = useState(() => (typeof value === "object" && value !== null && "latitude" in value && "longitude" in value ? `${String(value.latitude)}, ${String(value.longitude)}` : ""));
  return (
    <TextField
      {...commonProps(props)} value={draft} placeholder="52.52, 13.405"
      onChange={(event) => {
        const text = event.target.value;
        setDraft(text);
        const match = /^\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
        onChange(text.trim() === "" ? null : match ? { latitude: Number(match[1]), longitude: Number(match[2]) } : new Unparsed(text));
      }}
    />
  );
}

import TextField from "@mui/material/TextField";
import { useState } from "react";
import { Unparsed } from "../values/validate";
import { commonProps, type InputProps } from "./InputProps";

export function JsonInput(props: InputProps) {
  const { value, onChange } = props;
  const [draft, setDraft] = useState(() => (value === null || value === undefined ? "" : JSON.stringify(value, null, 2)));
  const common = commonProps(props);
  return (
    <TextField
      {...common} multiline minRows={4} maxRows={20} value={draft}
      slotProps={{ htmlInput: { ...common.slotProps.htmlInput, spellCheck: false, style: { fontFamily: "ui-monospace, monospace", fontSize: 12 } } }}
      onChange={(event) => {
        const text = event.target.value;
        setDraft(text);
        if (text.trim() === "") { onChange(null); return; }
        try { onChange(JSON.parse(text)); } catch { onChange(new Unparsed(text)); }
      }}
    />
  );
}

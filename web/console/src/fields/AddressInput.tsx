import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import TextField from "@mui/material/TextField";
import type { Address } from "../api/types";
import { useText } from "../i18n";
import type { InputProps } from "./InputProps";

const parts = ["street", "postal_code", "city", "region", "country"] as const;

export function AddressInput({ field, value, onChange, error }: InputProps) {
  const t = useText();
  const address = (typeof value === "object" && value !== null ? value : {}) as Address;
  const set = (part: (typeof parts)[number], text: string) => {
    const next = { ...address, [part]: text || null };
    onChange(Object.values(next).some(Boolean) ? next : null);
  };
  return (
    <Box component="fieldset" sx={{ border: 1, borderColor: error ? "error.main" : "divider", borderRadius: 1, p: 1.5, m: 0, minWidth: 0, display: "grid", gap: 1.5, gridTemplateColumns: { xs: "1fr 1fr", sm: "1fr 2fr" } }}>
      <Box component="legend" sx={{ px: 0.5, fontSize: "0.75rem", color: error ? "error.main" : "text.secondary" }}>{field.label}</Box>
      {parts.map((part) => (
        <TextField
          key={part} label={t(`address.${part}`)} value={address[part] ?? ""} onChange={(event) => set(part, event.target.value)} autoComplete="off"
          sx={part === "street" ? { gridColumn: "1 / -1" } : {}} slotProps={{ htmlInput: { "data-field": part === "street" ? field.name : undefined } }}
        />
      ))}
      {error && <FormHelperText error sx={{ gridColumn: "1 / -1" }}>{error}</FormHelperText>}
    </Box>
  );
}

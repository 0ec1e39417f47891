import AddIcon from "@mui/icons-material/Add";
import DeleteIcon from "@mui/icons-material/DeleteOutlineOutlined";
import ArrowDownIcon from "@mui/icons-material/ArrowDownward";
import ArrowUpIcon from "@mui/icons-material/ArrowUpward";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import TextField from "@mui/material/TextField";
import Tooltip from "@mui/material/Tooltip";
import Checkbox from "@mui/material/Checkbox";
import { useState } from "react";
import type { Option } from "../api/types";
import { useText } from "../i18n";
import { nameFrom } from "./names";

/** The options of a select. Options that records may already hold are archived rather than removed. */
export function OptionsEditor({ options, onChange, error, exists }: { options: Option[]; onChange: (options: Option[]) => void; error?: string; exists: boolean }) {
  const t = useText();
  const [kept] = useState(() => new Set(exists ? options.map((option) => option.key) : []));
  const set = (index: number, change: Partial<Option>) => onChange(options.map((option, other) => (other === index ? { ...option, ...change } : option)));
  const move = (index: number, by: number) => {
    const next = [...options];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + by, 0, moved);
    onChange(next);
  };
  return (
    <Box role="group" aria-label={t("fields.options")}>
      {options.map((option, index) => (
        <Box key={index} sx={{ display: "flex", gap: 0.5, alignItems: "center", mb: 1 }}>
          <Box component="input" type="color" value={option.colour ?? "#9aa5ad"} aria-label={t("fields.colourOf", { option: option.label })} onChange={(event) => set(index, { colour: event.target.value })} sx={{ width: 36, height: 36, p: 0.25, border: 1, borderColor: "divider", borderRadius: 1, bgcolor: "transparent", flex: "none" }} />
          <TextField label={t("fields.option", { number: index + 1 })} value={option.label} onChange={(event) => set(index, { label: event.target.value, ...(kept.has(option.key) ? {} : { key: nameFrom(event.target.value) }) })} />
          <Tooltip title={t("fields.archive")}><Checkbox checked={option.archived ?? false} onChange={(event) => set(index, { archived: event.target.checked })} slotProps={{ input: { "aria-label": t("fields.archiveOf", { option: option.label }) } }} /></Tooltip>
          <IconButton aria-label={t("columns.up", { field: option.label })} disabled={index === 0} onClick={() => move(index, -1)}><ArrowUpIcon fontSize="small" /></IconButton>
          <IconButton aria-label={t("columns.down", { field: option.label })} disabled={index === options.length - 1} onClick={() => move(index, 1)}><ArrowDownIcon fontSize="small" /></IconButton>
          <IconButton aria-label={t("fields.removeOption", { option: option.label })} onClick={() => onChange(options.filter((_, other) => other !== index))}><DeleteIcon fontSize="small" /></IconButton>
        </Box>
      ))}
      <Button startIcon={<AddIcon />} onClick={() => onChange([...options, { key: "", label: "" }])}>{t("fields.addOption")}</Button>
      {error && <FormHelperText error>{error}</FormHelperText>}
    </Box>
  );
}

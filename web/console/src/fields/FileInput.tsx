import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { fileAddress, uploadFile } from "../api/records";
import { useText } from "../i18n";
import { FileButton } from "../ui/FileButton";
import { problemText } from "../ui/problem";
import type { InputProps } from "./InputProps";

export function FileInput({ field, value, onChange, error, names }: InputProps) {
  const t = useText();
  const id = useId();
  const [name, setName] = useState<string | null>(null);
  const upload = useMutation({ mutationFn: uploadFile, onSuccess: (record) => { setName(record.name); onChange(record.id); } });
  const told = names?.[field.name];
  return (
    <Box>
      <Typography sx={{ color: "text.secondary" }} component="div" id={id} variant="caption">{field.label}</Typography>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <FileButton variant="outlined" loading={upload.isPending} onFile={(file) => upload.mutate(file)} aria-describedby={id} data-field={field.name}>{t(value ? "field.replaceFile" : "field.chooseFile")}</FileButton>
        {typeof value === "string" && <MuiLink href={fileAddress(value)} target="_blank" rel="noopener">{name ?? (typeof told === "string" ? told : t("field.file"))}</MuiLink>}
        {typeof value === "string" && <Button onClick={() => onChange(null)}>{t("action.remove")}</Button>}
      </Box>
      {(error ?? upload.error) && <FormHelperText error>{error ?? problemText(upload.error, t)}</FormHelperText>}
    </Box>
  );
}

import AttachFileIcon from "@mui/icons-material/AttachFile";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type ChangeEvent } from "react";
import { fileAddress, uploadFile } from "../api/records";
import { useText } from "../i18n";
import { problemText } from "../ui/problem";
import type { InputProps } from "./InputProps";

export function FileInput({ field, value, onChange, error, names }: InputProps) {
  const t = useText();
  const id = useId();
  const [name, setName] = useState<string | null>(null);
  const upload = useMutation({ mutationFn: uploadFile, onSuccess: (record) => { setName(record.name); onChange(record.id); } });
  const told = names?.[field.name];
  const choose = (event: ChangeEvent<HTMLInputElement>) => { const [file] = event.target.files ?? []; if (file) upload.mutate(file); };
  return (
    <Box>
      <Typography sx={{ color: "text.secondary" }} component="label" htmlFor={id} variant="caption">{field.label}</Typography>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <Button component="label" variant="outlined" startIcon={<AttachFileIcon />} loading={upload.isPending}>
          {t(value ? "field.replaceFile" : "field.chooseFile")}
          <input id={id} type="file" data-field={field.name} onChange={choose} style={{ position: "absolute", opacity: 0, width: 1, height: 1 }} />
        </Button>
        {typeof value === "string" && <MuiLink href={fileAddress(value)} target="_blank" rel="noopener">{name ?? (typeof told === "string" ? told : t("field.file"))}</MuiLink>}
        {typeof value === "string" && <Button onClick={() => onChange(null)}>{t("action.remove")}</Button>}
      </Box>
      {(error ?? upload.error) && <FormHelperText error>{error ?? problemText(upload.error, t)}</FormHelperText>}
    </Box>
  );
}

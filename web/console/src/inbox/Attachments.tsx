import FileIcon from "@mui/icons-material/InsertDriveFileOutlined";
import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";
import { fileAddress } from "../api/records";
import { useLocale } from "../i18n";
import type { Attached } from "./types";

const pictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** The files of a message: pictures as such, others by name and size. */
export function Attachments({ files }: { files: Attached[] }) {
  const { format } = useLocale();
  if (files.length === 0) return null;
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, mt: 0.5, display: "flex", flexWrap: "wrap", gap: 1 }}>
      {files.map((file) => (
        <li key={file.id}>
          <MuiLink href={fileAddress(file.id)} target="_blank" rel="noopener" sx={{ display: "inline-flex", alignItems: "center", gap: 0.5, color: "text.primary", textDecorationColor: "inherit" }} underline="always">
            {file.media_type && pictures.has(file.media_type)
              ? <Box component="img" src={fileAddress(file.id)} alt={file.name} loading="lazy" sx={{ display: "block", maxWidth: "100%", maxHeight: 220, minHeight: 40, borderRadius: 1 }} />
              : <><FileIcon fontSize="small" />{file.name}{file.bytes ? ` (${sizeText(file.bytes, format.language)})` : ""}</>}
          </MuiLink>
        </li>
      ))}
    </Box>
  );
}

function sizeText(bytes: number, language: string): string {
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import CircularProgress from "@mui/material/CircularProgress";
import CloseIcon from "@mui/icons-material/Close";
import IconButton from "@mui/material/IconButton";
import { useInboxText } from "./texts";
import type { Attached } from "./types";

/** The files that go with the next message. */
export function ComposerFiles({ files, uploading, remove }: { files: Attached[]; uploading: string[]; remove: (id: string) => void }) {
  const t = useInboxText();
  if (files.length === 0 && uploading.length === 0) return null;
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "flex", flexWrap: "wrap", gap: 0.5 }}>
      {files.map((file) => (
        <Box component="li" key={file.id} sx={{ display: "flex", alignItems: "center", maxWidth: "100%" }}>
          <Chip label={file.name} variant="outlined" sx={{ maxWidth: 180 }} />
          <IconButton aria-label={t("compose.detach", { name: file.name })} onClick={() => remove(file.id)}><CloseIcon sx={{ fontSize: 15 }} /></IconButton>
        </Box>
      ))}
      {uploading.map((name, index) => <li key={index}><Chip icon={<CircularProgress size={12} aria-hidden />} label={t("compose.uploading", { name })} variant="outlined" sx={{ maxWidth: 220 }} /></li>)}
    </Box>
  );
}

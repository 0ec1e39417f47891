import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";

export function EmptyState({ picture, title, text, children }: { picture?: ReactNode; title: string; text?: string; children?: ReactNode }) {
  return (
    <Box sx={{ py: 6, px: 2, textAlign: "center", display: "flex", flexDirection: "column", alignItems: "center", gap: 1 }}>
      {picture}
      <Typography component="p" variant="h2">{title}</Typography>
      {text && <Typography sx={{ color: "text.secondary", maxWidth: 420 }} variant="body2">{text}</Typography>}
      {children && <Box sx={{ mt: 1, display: "flex", gap: 1, flexWrap: "wrap", justifyContent: "center" }}>{children}</Box>}
    </Box>
  );
}

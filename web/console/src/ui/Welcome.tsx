import Box from "@mui/material/Box";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTitle } from "./useTitle";

/** A page before sign-in: one card in the middle. */
export function Welcome({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  useTitle(title);
  return (
    <Box component="main" sx={{ minHeight: "100dvh", display: "grid", placeItems: "center", p: 2 }}>
      <Box sx={{ width: "100%", maxWidth: 400 }}>
        <Box sx={{ display: "flex", alignItems: "center", gap: 1.25, mb: 3, justifyContent: "center" }}>
          <img src="/assets/parley.svg" width={36} height={36} alt="" />
          <Box component="span" sx={{ fontWeight: 700, fontSize: "1.375rem", letterSpacing: "-0.02em" }}>Parley</Box>
        </Box>
        <Paper variant="outlined" sx={{ p: { xs: 2.5, sm: 4 } }}>
          <Typography variant="h1" sx={{ mb: text ? 0.5 : 2.5 }}>{title}</Typography>
          {text && <Typography sx={{ color: "text.secondary", mb: 2.5 }}>{text}</Typography>}
          {children}
        </Paper>
      </Box>
    </Box>
  );
}

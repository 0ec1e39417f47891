import Box from "@mui/material/Box";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import { useId, type ReactNode } from "react";

/** A titled region of a page. */
export function Card({ title, actions, children, dense }: { title: string; actions?: ReactNode; children: ReactNode; dense?: boolean }) {
  const id = useId();
  return (
    <Paper variant="outlined" component="section" aria-labelledby={id} sx={{ mb: 2, overflow: "hidden" }}>
      <Box sx={{ px: 2, py: 1, display: "flex", alignItems: "center", gap: 1, borderBottom: 1, borderColor: "divider", minHeight: 48 }}>
        <Typography id={id} variant="h2" sx={{ flex: 1 }}>{title}</Typography>
        {actions}
      </Box>
      <Box sx={dense ? {} : { p: 2 }}>{children}</Box>
    </Paper>
  );
}

import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTitle } from "./useTitle";

/** The page's one first-level heading, with what can be done here to its right; names the browser tab too. */
export function PageHeader({ title, picture, subtitle, children }: { title: string; picture?: ReactNode; subtitle?: ReactNode; children?: ReactNode }) {
  useTitle(title);
  return (
    <Box sx={{ display: "flex", alignItems: "center", gap: 1.5, mb: 2, flexWrap: "wrap" }}>
      <Box sx={{ display: "flex", alignItems: "center", gap: 1.5, flex: "1 1 auto", minWidth: 0 }}>
        {picture}
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h1" sx={{ overflowWrap: "anywhere" }}>{title}</Typography>
          {/* Only the title's length decides whether the buttons find room beside it. */}
          {subtitle && <Typography sx={{ color: "text.secondary", width: 0, minWidth: "100%" }} component="div" variant="body2">{subtitle}</Typography>}
        </Box>
      </Box>
      <Box sx={{ display: "flex", gap: 1, flexWrap: "wrap", alignItems: "center" }}>{children}</Box>
    </Box>
  );
}

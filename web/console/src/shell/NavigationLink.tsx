import Box from "@mui/material/Box";
import { createLink } from "@tanstack/react-router";
import type { MouseEventHandler, ReactNode, Ref } from "react";

interface AnchorProps { icon: ReactNode; children?: ReactNode; onClick?: MouseEventHandler; ref?: Ref<HTMLAnchorElement>; href?: string; "aria-current"?: "page" }

/** A place in the navigation; the router marks the one that is open. */
export const NavigationLink = createLink(({ icon, children, ref, ...props }: AnchorProps) => (
  <li>
    <Box
      component="a" ref={ref} {...props}
      sx={{
        display: "flex", alignItems: "center", gap: 1.25, minHeight: 32, px: 1.25, my: 0.25, borderRadius: 1.5, color: "text.primary", textDecoration: "none", fontSize: "0.875rem",
        "&:hover": { bgcolor: "action.hover" },
        "&[aria-current=page]": { bgcolor: "action.selected", fontWeight: 600 },
      }}
    >
      <Box component="span" sx={{ width: 22, display: "grid", placeItems: "center", color: "text.secondary" }}>{icon}</Box>
      <Box component="span" sx={{ overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>{children}</Box>
    </Box>
  </li>
));

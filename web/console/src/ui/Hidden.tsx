import Box from "@mui/material/Box";
import { visuallyHidden } from "@mui/utils";
import type { ReactNode } from "react";

/** Text for those who listen instead of looking. */
export const Hidden = ({ children }: { children: ReactNode }) => <Box component="span" sx={visuallyHidden}>{children}</Box>;

import Chip from "@mui/material/Chip";
import { fieldOf, useObject } from "../api/schema";
import { optionLabel } from "../fields/valueText";
import type { Status } from "./steps";

const colours = { draft: "default", review: "info", published: "success", archived: "warning" } as const;

/** Where an article stands, in words; colour only underlines it. */
export function StatusChip({ status }: { status: Status }) {
  const field = fieldOf(useObject("article"), "status");
  return <Chip variant="outlined" color={colours[status]} label={field ? optionLabel(field, status) : status} />;
}

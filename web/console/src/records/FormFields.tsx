import Box from "@mui/material/Box";
import { lazy, Suspense } from "react";
import { writable } from "../api/schema";
import type { Field, RecordData } from "../api/types";
import { FieldInput } from "../fields/FieldInput";
import type { RecordForm } from "./useRecordForm";

const GrantsInput = lazy(() => import("../admin/GrantsInput"));

const wide = new Set(["long_text", "rich_text", "json", "address", "references"]);

/** The inputs of a form, two in a row where there is room. */
export function FormFields({ fields, form, names, focusFirst }: { fields: Field[]; form: RecordForm; names?: RecordData["_names"]; focusFirst?: boolean }) {
  const shown = fields.filter(writable);
  return (
    <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "minmax(0, 1fr)", sm: shown.length > 1 ? "repeat(2, minmax(0, 1fr))" : "minmax(0, 1fr)" }, alignItems: "start" }}>
      {shown.map((field, index) => (
        <Box key={field.name} sx={wide.has(field.type) ? { gridColumn: "1 / -1" } : {}}>
          {isGrants(field)
            ? <Suspense><GrantsInput value={form.values[field.name]} onChange={(value) => form.set(field.name, value)} error={form.errorOf(field)} /></Suspense>
            : <FieldInput field={field} value={form.values[field.name]} onChange={(value) => form.set(field.name, value)} error={form.errorOf(field)} names={names} autoFocus={focusFirst && index === 0} />}
        </Box>
      ))}
    </Box>
  );
}

/** Rights by object and field have an editor of their own. */
export const isGrants = (field: Field) => field.name === "grants" && field.type === "json";

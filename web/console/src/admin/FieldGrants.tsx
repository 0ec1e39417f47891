import Box from "@mui/material/Box";
import TextField from "@mui/material/TextField";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { withField, type FieldRight, type Grant } from "./grants";

const rights = ["none", "read", "write"] as const;

/** The fields of an object that may be seen or written otherwise than the rest of the record. */
export function FieldGrants({ object, grant, onChange }: { object: ObjectDef; grant: Grant; onChange: (grant: Grant) => void }) {
  const t = useText();
  return (
    // The table around it scrolls sideways on a phone; this stays on the screen.
    <Box sx={{ position: "sticky", left: 6, maxWidth: { xs: "calc(100vw - 60px)", sm: "none" }, display: "grid", gap: 1.5, gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 150px), 1fr))", py: 1 }}>
      {object.fields.filter((field) => field.name !== "id" && field.name !== "version").map((field) => (
        <TextField
          key={field.name} select label={field.label} value={grant.fields?.[field.name] ?? ""} onChange={(event) => onChange(withField(grant, field.name, (event.target.value || null) as FieldRight | null))}
          slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
        >
          <option value="">{t("grants.likeRecord")}</option>
          {rights.map((right) => <option key={right} value={right}>{t(`fieldRight.${right}`)}</option>)}
        </TextField>
      ))}
    </Box>
  );
}

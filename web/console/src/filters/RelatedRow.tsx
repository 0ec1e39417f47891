import MenuItem from "@mui/material/MenuItem";
import Paper from "@mui/material/Paper";
import Box from "@mui/material/Box";
import TextField from "@mui/material/TextField";
import { useSchema } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { FilterBuilder } from "./FilterBuilder";
import { emptyGroup, type Related } from "./model";

/** "Has any (or no) tasks for which …". */
export function RelatedRow({ object, related, onChange, depth }: { object: ObjectDef; related: Related; onChange: (next: Related) => void; depth: number }) {
  const t = useText();
  const schema = useSchema();
  const relation = object.relations?.find((candidate) => candidate.name === related.through);
  const target = schema.byName.get(relation?.object ?? "");
  return (
    <Paper variant="outlined" sx={{ p: 1.5 }}>
      <Box sx={{ display: "flex", gap: 1, mb: 1.5 }}>
        <TextField select label={t("filter.has")} value={related.none ? "none" : "any"} onChange={(event) => onChange({ ...related, none: event.target.value === "none" })} sx={{ width: 140 }}>
          <MenuItem value="any">{t("filter.hasAny")}</MenuItem>
          <MenuItem value="none">{t("filter.hasNone")}</MenuItem>
        </TextField>
        <TextField select label={t("filter.relation")} value={related.through} onChange={(event) => onChange({ ...related, through: event.target.value, inner: emptyGroup() })}>
          {object.relations?.map((candidate) => <MenuItem key={candidate.name} value={candidate.name}>{candidate.label}</MenuItem>)}
        </TextField>
      </Box>
      {target && <FilterBuilder object={target} group={related.inner} depth={depth + 1} onChange={(inner) => onChange({ ...related, inner })} />}
    </Paper>
  );
}

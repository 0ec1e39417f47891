import Alert from "@mui/material/Alert";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { recordsKey } from "../api/records";
import type { Duplicate, ObjectDef, RecordData } from "../api/types";
import { useText } from "../i18n";
import { Link } from "../ui/links";

/** Records that the one just made may repeat. */
export function Duplicates({ object, record }: { object: ObjectDef; record: RecordData }) {
  const t = useText();
  const client = useQueryClient();
  const [hidden, setHidden] = useState(false);
  const duplicates = client.getQueryData<Duplicate[]>([...recordsKey(object.name), "duplicates", record.id]) ?? [];
  if (hidden || duplicates.length === 0) return null;
  return (
    <Alert severity="warning" onClose={() => setHidden(true)} sx={{ mb: 2 }}>
      {t("duplicates.found")}{" "}
      {duplicates.map((duplicate, index) => (
        <span key={duplicate.id}>{index > 0 && "; "}<Link to="/records/$object/$id" params={{ object: object.name, id: duplicate.id }}>{duplicate.name}</Link> ({duplicate.reasons.join(", ")})</span>
      ))}
    </Alert>
  );
}

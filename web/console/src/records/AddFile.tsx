import AttachFileIcon from "@mui/icons-material/AttachFile";
import Button from "@mui/material/Button";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ChangeEvent } from "react";
import { recordsKey, updateRecord, uploadFile } from "../api/records";
import type { ObjectDef, RecordData, Relation } from "../api/types";
import { useText } from "../i18n";
import { useNotify, useReportProblem } from "../ui/notify";

/** Uploads a file and attaches it to a record. */
export function AddFile({ relation, object, record }: { relation: Relation; object: ObjectDef; record: RecordData }) {
  const t = useText();
  const notify = useNotify();
  const report = useReportProblem();
  const client = useQueryClient();
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const attachment = await uploadFile(file);
      return updateRecord("attachment", attachment.id, attachment.version, { [relation.field]: { object: object.name, id: record.id } });
    },
    onSuccess: async (attachment) => {
      await client.invalidateQueries({ queryKey: recordsKey("attachment") });
      notify(t("related.attached", { name: attachment.name ?? "" }));
    },
    onError: report,
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file) upload.mutate(file);
    event.target.value = "";
  };
  return (
    <Button component="label" startIcon={<AttachFileIcon />} loading={upload.isPending}>
      {t("related.attach")}
      <input type="file" onChange={choose} style={{ position: "absolute", opacity: 0, width: 1, height: 1 }} />
    </Button>
  );
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { recordsKey, updateRecord, uploadFile } from "../api/records";
import type { ObjectDef, RecordData, Relation } from "../api/types";
import { useText } from "../i18n";
import { FileButton } from "../ui/FileButton";
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
  return <FileButton onFile={(file) => upload.mutate(file)} loading={upload.isPending}>{t("related.attach")}</FileButton>;
}

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { updateRecord, uploadFile } from "../api/records";
import { useReportProblem } from "../ui/notify";
import type { Attached } from "./types";

/** Files to go with the next message. They belong to the conversation from the moment they are stored. */
export function useFiles(conversation: string) {
  const report = useReportProblem();
  const [files, setFiles] = useState<Attached[]>([]);
  const [uploading, setUploading] = useState<string[]>([]);
  const upload = useMutation({
    mutationFn: async (file: File): Promise<Attached> => {
      const stored = await uploadFile(file);
      await updateRecord("attachment", stored.id, stored.version, { related_id: { object: "conversation", id: conversation } });
      return { id: stored.id, name: stored.name ?? file.name, media_type: typeof stored.media_type === "string" ? stored.media_type : file.type, bytes: file.size };
    },
    onMutate: (file) => setUploading((before) => [...before, file.name]),
    onSuccess: (file) => setFiles((before) => [...before, file]),
    onError: report,
    onSettled: (_, __, file) => setUploading((before) => before.toSpliced(before.indexOf(file.name), 1)),
  });
  return {
    files, uploading,
    add: (added: Iterable<File>) => { for (const file of added) upload.mutate(file); },
    remove: (id: string) => setFiles((before) => before.filter((file) => file.id !== id)),
    clear: () => setFiles([]),
  };
}

import { useRef } from "react";
import { fileAddress, updateRecord, uploadFile } from "../api/records";
import type { RecordData } from "../api/types";
import { useReportProblem } from "../ui/notify";

/** Stores files that stand in an article, and lets them belong to it as soon as it is there. */
export function useArticleFiles(article: RecordData | undefined) {
  const report = useReportProblem();
  const waiting = useRef<RecordData[]>([]);
  const belong = (file: RecordData, id: string) => updateRecord("attachment", file.id, file.version, { related_id: { object: "article", id } });
  return {
    store: async (file: File) => {
      try {
        const stored = await uploadFile(file);
        if (article) await belong(stored, article.id); else waiting.current.push(stored);
        return { name: stored.name ?? file.name, address: fileAddress(stored.id), picture: file.type.startsWith("image/") };
      } catch (error) {
        report(error);
        return null;
      }
    },
    belongTo: async (id: string) => {
      const files = waiting.current;
      waiting.current = [];
      for (const file of files) await belong(file, id).catch(report);
    },
  };
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { revertEvent } from "../api/events";
import { recordsKey } from "../api/records";
import { useObject } from "../api/schema";
import type { ChangeEvent } from "../api/types";
import { useText } from "../i18n";
import { useNotify, useReportProblem } from "../ui/notify";

const revertible = new Set(["created", "updated", "deleted", "restored", "merged"]);

/** Takes back one event of the log; nothing where this person may not. */
export function useRevert(event: ChangeEvent): (() => void) | undefined {
  const t = useText();
  const notify = useNotify();
  const report = useReportProblem();
  const client = useQueryClient();
  const object = useObject(event.object);
  const { mutate, isPending } = useMutation({
    mutationFn: () => revertEvent(event.sequence),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: recordsKey(event.object) });
      await client.invalidateQueries({ queryKey: ["events"] });
      notify(t("event.reverted"));
    },
    onError: report,
  });
  const may = event.kind === "updated" ? object?.rights.update : object?.rights.delete;
  return revertible.has(event.kind) && event.kind !== "created" && may && !isPending ? () => mutate() : undefined;
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useNotify, useReportProblem } from "../ui/notify";
import { act } from "./api";
import { useInboxText } from "./texts";

/** What is done with a conversation as a whole. Of two who take it at once the other is told by the server's words. */
export function useActs(id: string) {
  const t = useInboxText();
  const notify = useNotify();
  const report = useReportProblem();
  const navigate = useNavigate();
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: (action: "take" | "give_back" | "solve") => act(id, action),
    onSuccess: (_, action) => {
      if (action === "take") void navigate({ to: "/inbox", search: { tab: "mine", id }, replace: true });
      if (action === "solve") notify(t("act.solved"));
      if (action === "give_back") notify(t("act.givenBack"));
    },
    onError: report,
    // After a refusal, too, it is not as it was shown.
    onSettled: () => client.invalidateQueries({ queryKey: ["inbox"] }),
  });
  return { pending: run.isPending, doing: run.isPending ? run.variables : undefined, take: () => run.mutateAsync("take").then(() => true, () => false), giveBack: () => run.mutate("give_back"), solve: () => run.mutate("solve") };
}

import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { Problem } from "../api/client";
import { say } from "./api";
import type { Outgoing } from "./transcript";

const kept = 24 * 60 * 60_000;

/**
 * Sends messages one after the other, and knows those that are on their way or did not arrive, also when another
 * conversation was opened meanwhile. One that is sent again keeps its number, so it is stored once.
 */
export function useSay(id: string) {
  const client = useQueryClient();
  const mutationKey = ["inbox", "say", id];
  const { mutate: send } = useMutation({
    mutationKey, scope: { id: mutationKey.join(" ") }, gcTime: kept,
    mutationFn: ({ mode, text, attachments, clientId }: Outgoing) => say(id, mode, { text, attachment_ids: attachments.map((file) => file.id), client_id: clientId }),
    retry: (failures, error) => failures < 2 && error instanceof Problem && error.status === 0,
    // It is on its way until it stands in the transcript.
    onSuccess: () => client.invalidateQueries({ queryKey: ["inbox", "of", id] }),
    onSettled: () => { void client.invalidateQueries({ queryKey: ["inbox"] }); },
  });
  const outgoing = useMutationState({
    filters: { mutationKey, predicate: ({ state }) => state.status === "pending" || state.status === "error" },
    select: ({ state }): Outgoing => ({ ...(state.variables as Outgoing), failure: state.status === "error" ? state.error : undefined }),
  });
  const discard = (clientId: string) => {
    const cache = client.getMutationCache();
    const failed = cache.find({ mutationKey, status: "error", predicate: ({ state }) => (state.variables as Outgoing).clientId === clientId });
    if (failed) cache.remove(failed);
  };
  const again = (message: Outgoing) => {
    discard(message.clientId);
    send({ ...message, failure: undefined });
  };
  return { send, outgoing, discard, again };
}

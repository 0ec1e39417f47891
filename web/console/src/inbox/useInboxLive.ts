import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect } from "react";
import { onLive } from "../api/live";
import type { ChangeEvent } from "../api/types";

/** How long the lists rest between two looks, however much happens. */
const rest = 1000;

/** Which conversation a change belongs to, if any. */
export function conversationOf({ object, record_id, conversation, changes }: ChangeEvent): string | null {
  if (object === "conversation") return record_id;
  if (conversation) return conversation;
  const told = changes?.conversation_id?.[1];
  return typeof told === "string" ? told : null;
}

/** Looks again at what changes of conversations touch: at an open one at once, at the lists at most once a second. */
export function useInboxLive() {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let looked = 0;
    const refresh = (queryKey: QueryKey) => void client.invalidateQueries({ queryKey }, { cancelRefetch: true });
    const lists = () => {
      timer = undefined;
      looked = Date.now();
      refresh(["inbox", "list"]);
      refresh(["inbox", "attention"]);
    };
    const stop = onLive((live) => {
      if (live === "missed") return refresh(["inbox"]);
      const id = conversationOf(live);
      if (!id) return;
      refresh(["inbox", "of", id]);
      timer ??= setTimeout(lists, Math.max(50, looked + rest - Date.now()));
    });
    return () => { stop(); clearTimeout(timer); };
  }, [client]);
}

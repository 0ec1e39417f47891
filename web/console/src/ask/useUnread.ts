import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { approvalsQuery, markRead, unreadQuery } from "./api";
import type { Unread } from "./types";
import type { Talk } from "./useConversation";

/**
 * What the bot said by itself and was not read yet, in conversations other than the one that is looked at; there it is
 * shown at once, and read.
 */
export function useUnread(talk: Talk, looking: boolean): { all: Unread[]; elsewhere: Unread[] } {
  const client = useQueryClient();
  const { data: all = [] } = useQuery(unreadQuery);
  const here = all.find(({ conversation }) => looking && conversation === talk.id);
  const read = useEffectEvent(async (conversation: string, turn: number) => {
    await talk.catchUp();
    void client.invalidateQueries({ queryKey: approvalsQuery.queryKey });
    await markRead(conversation, turn);
    await client.invalidateQueries({ queryKey: unreadQuery.queryKey });
  });
  const place = here && !talk.loading ? `${here.conversation} ${here.turn}` : "";
  // Where it cannot be marked it stays unread, and is tried again when it is looked at again.
  useEffect(() => { if (place && here) void read(here.conversation, here.turn).catch(() => undefined); }, [place]); // eslint-disable-line react-hooks/exhaustive-deps
  return { all, elsewhere: all.filter(({ conversation }) => conversation !== talk.id) };
}

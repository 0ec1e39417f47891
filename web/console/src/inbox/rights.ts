import type { Conversation } from "./types";

/** What somebody can do with a conversation. */
export interface Rights { take: boolean; solve: boolean; reply: boolean; transfer: boolean; giveBack: boolean }

/** What somebody can do with a conversation as it stands; the server has the last word. */
export function rightsOn({ state, owner_id }: Pick<Conversation, "state" | "owner_id">, me: string): Rights {
  const others = state === "human" && owner_id !== null && owner_id !== me;
  const mine = state === "human" && owner_id === me;
  const isOver = state === "resolved";
  const withBot = state === "bot";
  return { take: !mine && !others && !isOver, solve: !others && !isOver && !withBot, reply: !others, transfer: !isOver, giveBack: !others && !withBot };
}

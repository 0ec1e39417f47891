import type { ChangeEvent } from "./types";

/** A change as it happens; `missed` after a break of the line, when changes may have gone unheard. */
export type Live = ChangeEvent | "missed";

const listeners = new Set<(live: Live) => void>();

/** Tells every listener; whoever holds the server's stream of changes calls it. */
export const announce = (live: Live) => { for (const listener of listeners) listener(live); };

/** Calls back at every change that this person may see; the answer ends it. */
export function onLive(listener: (live: Live) => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

import { useSyncExternalStore } from "react";
import type { Seen } from "./attention";

/** Which messages somebody has looked at, kept by this browser; the other tabs follow. */

const key = (user: string) => `parley.inbox.seen ${user}`;
const most = 1000;
const nothing: Seen = {};

let known: { user: string; seen: Seen } | null = null;
const listeners = new Set<() => void>();

function read(user: string): Seen {
  if (known?.user !== user) known = { user, seen: parse(localStorage.getItem(key(user))) };
  return known.seen;
}

function parse(text: string | null): Seen {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Seen) : nothing;
  } catch {
    return nothing;
  }
}

/** With one more looked at; the longest unvisited give way. */
export function withSeen(seen: Seen, conversation: string, sequence: number): Seen {
  if ((seen[conversation] ?? -1) >= sequence) return seen;
  const others = Object.entries(seen).filter(([id]) => id !== conversation);
  return Object.fromEntries([...others.slice(1 - most), [conversation, sequence]]);
}

export function markSeen(user: string, conversation: string, sequence: number) {
  const seen = read(user);
  const next = withSeen(seen, conversation, sequence);
  if (next === seen) return;
  known = { user, seen: next };
  try {
    localStorage.setItem(key(user), JSON.stringify(next));
  } catch {
    // A full store forgets what was looked at; nothing else depends on it.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (!event.key?.startsWith("parley.inbox.seen")) return;
    known = null;
    listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => { listeners.delete(listener); window.removeEventListener("storage", onStorage); };
}

export const useSeen = (user: string): Seen => useSyncExternalStore(subscribe, () => read(user));

/** Which conversation is on the screen of this tab, if any. */
let open: string | undefined;
export const setLookingAt = (conversation: string | undefined) => { open = conversation; };
export const lookingAt = () => (document.visibilityState === "visible" ? open : undefined);

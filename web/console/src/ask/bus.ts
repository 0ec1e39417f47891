/** Whoever has a question for the chat, such as the command palette, hands it over here; the chat may not be loaded yet. */
type Listener = (text: string) => void;

let listener: Listener | null = null;
let waiting: string | null = null;

export function askNow(text: string) {
  if (listener) listener(text);
  else waiting = text;
}

/** Calls back with every question, also one that waits already; the answer ends it. */
export function onAsk(next: Listener): () => void {
  listener = next;
  if (waiting !== null) {
    next(waiting);
    waiting = null;
  }
  return () => { if (listener === next) listener = null; };
}

import { allowed } from "../shared/allowed";

/** What the host's page keeps for the widget. A browser that keeps nothing makes a new visitor of everyone. */
export interface Memory {
  get: (what: Kept) => string | null;
  set: (what: Kept, value: string) => void;
  clear: () => void;
}
type Kept = "token" | "colour";

export function memoryOf(widget: string): Memory {
  const names: Record<Kept, string> = { token: `parley:${widget}`, colour: `parley:${widget}:colour` };
  return {
    get: (what) => allowed(() => localStorage.getItem(names[what])),
    set: (what, value) => void allowed(() => localStorage.setItem(names[what], value)),
    clear: () => void allowed(() => localStorage.removeItem(names.token)),
  };
}

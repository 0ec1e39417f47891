import { allowed } from "../../shared/allowed";
import type { Attachment, Lasting, Refusal } from "../protocol";

/** Something to be sent, from when it was said until the server has stored it. */
export interface Outgoing {
  id: string;
  order: number;
  /** The last message that the visitor had seen then. */
  after: number;
  at: string;
  frame: Lasting;
  /** Of a message's files, so that they can be shown. */
  attachments: Attachment[];
  /** Why the server did not take it. It then waits for the person. */
  refusal: Refusal | null;
}
/** Small things that outlive the page. */
export interface Notes {
  muted: boolean;
  /** How far the visitor has read, in which conversation. */
  read: { conversation: string; sequence: number };
}

/** What the browser keeps for a widget. */
export interface Keep {
  outgoing: () => Promise<Outgoing[]>;
  put: (outgoing: Outgoing) => void;
  remove: (id: string) => void;
  note: <N extends keyof Notes>(name: N) => Promise<Notes[N] | undefined>;
  setNote: <N extends keyof Notes>(name: N, value: Notes[N]) => void;
  /** What is being written. It changes with every key, and is kept at once. */
  draft: () => string;
  setDraft: (text: string) => void;
  clear: () => Promise<void>;
}

const outbox = "outbox";
const notes = "notes";

/** In IndexedDB; a browser that forbids it gets a panel that forgets with the page. */
export function keepFor(widget: string): Keep {
  const database = open(`parley:${widget}`);
  const draft = `parley:${widget}:draft`;

  async function use<T>(store: string, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    const db = await database;
    if (!db) return undefined;
    return new Promise((resolve) => {
      const request = ask(db.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    });
  }
  return {
    outgoing: async () => ((await use<Outgoing[]>(outbox, "readonly", (store) => store.getAll() as IDBRequest<Outgoing[]>)) ?? []).sort((a, b) => a.order - b.order),
    put: (outgoing) => void use(outbox, "readwrite", (store) => store.put(outgoing)),
    remove: (id) => void use(outbox, "readwrite", (store) => store.delete(id)),
    note: (name) => use(notes, "readonly", (store) => store.get(name) as IDBRequest<Notes[typeof name] | undefined>),
    setNote: (name, value) => void use(notes, "readwrite", (store) => store.put(value, name)),
    draft: () => allowed(() => localStorage.getItem(draft)) ?? "",
    setDraft: (text) => void allowed(() => (text ? localStorage.setItem(draft, text) : localStorage.removeItem(draft))),
    clear: async () => {
      allowed(() => localStorage.removeItem(draft));
      await use(outbox, "readwrite", (store) => store.clear());
      await use(notes, "readwrite", (store) => store.clear());
    },
  };
}

function open(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    // Some browsers never answer; the conversation does not wait for them.
    setTimeout(() => resolve(null), 2_000);
    try {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(outbox, { keyPath: "id" });
        request.result.createObjectStore(notes);
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

import type { Attachment, Lasting, Refusal } from "../protocol";
import type { Keep, Outgoing } from "./keep";

/** A server that pings but confirms nothing is as good as gone. */
const confirmWithin = 20_000;

export interface Post {
  /** The last message that is known. */
  last: () => number;
  /** Hands a frame to the connection; false when there is none. */
  send: (frame: Lasting) => boolean;
  /** Nothing was confirmed for too long. */
  stuck: () => void;
  changed: () => void;
}

/**
 * What the visitor has said and the server has not confirmed: kept over reloads, sent one by one in the order in which
 * it was said. What is sent twice, because its confirmation was lost, has the same id and is stored once.
 */
export class Outbox {
  items: Outgoing[] = [];
  private inFlight: string | null = null;
  private connected = false;
  /** The server asked for patience until then. */
  private notBefore = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly keep: Keep,
    private readonly post: Post,
  ) {}

  /** Takes up what was left when the page was closed. */
  async load(): Promise<void> {
    const left = await this.keep.outgoing();
    const known = new Set(this.items.map(({ id }) => id));
    this.items = [...left.filter(({ id }) => !known.has(id)), ...this.items];
    this.post.changed();
    this.pump();
  }

  add(frame: Lasting, attachments: Attachment[] = []): void {
    const order = Math.max(Date.now(), (this.items.at(-1)?.order ?? 0) + 1);
    const outgoing: Outgoing = { id: frame.id, order, after: this.post.last(), at: new Date().toISOString(), frame, attachments, refusal: null };
    this.items.push(outgoing);
    this.keep.put(outgoing);
    this.post.changed();
    this.pump();
  }

  online(): void {
    if (this.connected) return;
    this.connected = true;
    this.pump();
  }

  offline(): void {
    this.connected = false;
    this.inFlight = null;
    clearTimeout(this.timer);
  }

  /** The server has stored it; tells what it was, if it was waited for. */
  accepted(id: string): Outgoing | undefined {
    const outgoing = this.items.find((item) => item.id === id);
    this.discard(id);
    return outgoing;
  }

  refused(id: string, refusal: Refusal): void {
    const outgoing = this.items.find((item) => item.id === id);
    if (!outgoing) return;
    this.landed(id);
    const seconds = refusal.retry_after ?? null;
    if (seconds === null) {
      outgoing.refusal = refusal;
      this.keep.put(outgoing);
      this.post.changed();
    } else {
      // Those behind it wait as well: they were said later.
      this.notBefore = Date.now() + seconds * 1000;
    }
    this.pump();
  }

  /** The person wants it tried again as it is. */
  retry(id: string): void {
    const outgoing = this.items.find((item) => item.id === id);
    if (!outgoing) return;
    outgoing.refusal = null;
    this.keep.put(outgoing);
    this.post.changed();
    this.pump();
  }

  discard(id: string): void {
    this.landed(id);
    this.items = this.items.filter((item) => item.id !== id);
    this.keep.remove(id);
    this.post.changed();
    this.pump();
  }

  private landed(id: string): void {
    if (this.inFlight !== id) return;
    this.inFlight = null;
    clearTimeout(this.timer);
  }

  private pump(): void {
    if (!this.connected || this.inFlight) return;
    clearTimeout(this.timer);
    const wait = this.notBefore - Date.now();
    if (wait > 0) {
      this.timer = setTimeout(() => this.pump(), wait);
      return;
    }
    const next = this.items.find(({ refusal }) => !refusal);
    if (!next || !this.post.send(next.frame)) return;
    this.inFlight = next.id;
    this.timer = setTimeout(() => this.post.stuck(), confirmWithin);
  }
}

import type { Author } from "../protocol";

const every = 3_000;
const lasts = 6_000;

/** Tells the other side that the visitor types: not with every key, and once when it ends. */
export class OwnTyping {
  private toldAt = 0;

  constructor(private readonly tell: (on: boolean) => void) {}

  typed(text: string): void {
    if (!text.trim()) return this.ended();
    if (Date.now() - this.toldAt < every) return;
    this.toldAt = Date.now();
    this.tell(true);
  }

  ended(): void {
    if (!this.toldAt) return;
    this.toldAt = 0;
    this.tell(false);
  }
}

/** Who types on the other side, until they stop or nothing was heard of it for a while. */
export class OthersTyping {
  author: Author | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {}

  heard(on: boolean, author: Author): void {
    clearTimeout(this.timer);
    this.author = on ? author : null;
    if (on) this.timer = setTimeout(() => this.ended(), lasts);
    this.changed();
  }

  ended(): void {
    clearTimeout(this.timer);
    if (!this.author) return;
    this.author = null;
    this.changed();
  }
}

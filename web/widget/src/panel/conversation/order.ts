/** Watches that no message is missing, and that they come in order. */
export class Order {
  /** Everything up to here is known. */
  last = 0;
  /** Known beyond a hole: the visitor's own messages are confirmed on a path of their own. */
  private readonly ahead = new Set<number>();

  /** A message came: is it new, was it known, or is another one missing before it? */
  came(sequence: number, previous = sequence - 1): "new" | "known" | "gap" {
    if (sequence <= this.last) return "known";
    if (previous > this.last) return "gap";
    this.advance(sequence);
    return "new";
  }

  /** The server has stored one of the visitor's messages. What lies between may still be under way. */
  confirmed(sequence: number): void {
    if (sequence === this.last + 1) this.advance(sequence);
    else if (sequence > this.last) this.ahead.add(sequence);
  }

  /** The server has told everything up to here. */
  caughtUp(sequence: number): void {
    if (sequence > this.last) this.advance(sequence);
  }

  reset(): void {
    this.last = 0;
    this.ahead.clear();
  }

  private advance(to: number): void {
    this.last = to;
    for (const sequence of [...this.ahead].sort((a, b) => a - b)) {
      if (sequence === this.last + 1) this.last = sequence;
      if (sequence <= this.last) this.ahead.delete(sequence);
    }
  }
}

import type { Keep } from "./keep";
import type { Transcript } from "./transcript";

/** How far the visitor has read: told to the server, and kept so that a later page knows what is new. */
export class Reading {
  private readTo: number | null = null;
  private toldTo = 0;

  constructor(
    private readonly transcript: Transcript,
    private readonly keep: Keep,
    private readonly tell: (sequence: number) => boolean,
  ) {}

  async load(conversation: string): Promise<void> {
    const note = await this.keep.note("read");
    if (note?.conversation === conversation) this.readTo = Math.max(this.readTo ?? 0, note.sequence);
  }

  /** Where nothing was kept, whatever was there when the visitor last wrote was read. */
  unread(): number {
    return this.transcript.heardAfter(Math.max(this.readTo ?? 0, this.transcript.lastSaid()));
  }

  /** The visitor sees all of it. */
  seen(conversation: string | undefined): void {
    const sequence = this.transcript.lastHeard()?.sequence;
    if (sequence === undefined || !conversation) return;
    if (sequence > (this.readTo ?? 0)) {
      this.readTo = sequence;
      this.keep.setNote("read", { conversation, sequence });
    }
    if (sequence > this.toldTo && this.tell(sequence)) this.toldTo = sequence;
  }

  reset(): void {
    this.readTo = null;
    this.toldTo = 0;
  }
}

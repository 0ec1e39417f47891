import type { Attachment, Author, Citation, Message, Refusal } from "../protocol";
import type { Outgoing } from "./keep";

export type Delivery = "waiting" | "sent" | "read" | "refused";

/** One message as it is shown, whether the server knows it yet or not. */
export interface Entry {
  /** Stays the same when the server has stored a message that was shown before. */
  key: string;
  sequence: number | null;
  at: string;
  author: Author;
  text: string;
  attachments: Attachment[];
  citation: Citation | null;
  /** Of the visitor's own messages. */
  delivery: Delivery | null;
  refusal: Refusal | null;
  /** The message as the server told it, for what can be answered by a click. */
  message: Message | null;
  /** Whether its choices and forms can still be used. */
  live: boolean;
  /** Whether it asks for a rating, or the one that was given. */
  rating: "ask" | number | null;
}

/** What lies around the messages and says how they are shown. */
export interface Surroundings {
  outbox: Outgoing[];
  /** How far the other side has read. */
  readTo: number;
  rated: number | null;
  /** Whether the conversation with a person is over. */
  over: boolean;
}

const visitor: Author = { kind: "visitor", name: null, picture: null };

/** What was said, by sequence, and behind it what is still to be sent. */
export class Transcript {
  private readonly messages = new Map<number, Message>();
  /** Confirmed messages that the server has not told yet: shown as they were written. */
  private readonly confirmed = new Map<number, Outgoing>();
  /** Questions whose answer is stored though the server has not said so in the message yet. */
  private readonly answered = new Set<number>();

  take(message: Message): void {
    this.messages.set(message.sequence, message);
    this.confirmed.delete(message.sequence);
  }

  confirm(sequence: number | null, outgoing: Outgoing): void {
    const { frame } = outgoing;
    if (frame.type === "details") this.answered.add(frame.message);
    if (frame.type !== "say") return;
    if (sequence !== null && !this.messages.has(sequence)) this.confirmed.set(sequence, outgoing);
    const asked = frame.choice && this.messages.get(frame.choice.message);
    if (asked) this.messages.set(asked.sequence, { ...asked, chosen: frame.choice?.value ?? null });
  }

  clear(): void {
    this.messages.clear();
    this.confirmed.clear();
    this.answered.clear();
  }

  /** The last message of the other side's. */
  lastHeard(): Message | undefined {
    return this.ordered().findLast(({ author }) => author.kind !== "visitor");
  }

  lastSaid(): number {
    return this.ordered().findLast(({ author }) => author.kind === "visitor")?.sequence ?? 0;
  }

  /** How many messages of the other side's come after this one. */
  heardAfter(sequence: number): number {
    return this.ordered().filter((message) => message.sequence > sequence && (message.author.kind === "bot" || message.author.kind === "agent")).length;
  }

  entries({ outbox, readTo, rated, over }: Surroundings): Entry[] {
    const told = this.ordered();
    const lastOfBot = told.findLast(({ author }) => author.kind === "bot")?.sequence;
    const lastToRate = over ? told.findLast(({ author }) => author.kind === "agent")?.sequence : undefined;
    const live = (message: Message) => message.sequence === lastOfBot && !this.answered.has(message.sequence) && !isAnswered(message, outbox);
    // What was refused stays where it was said, while the conversation goes on.
    const place = ({ key, sequence }: Entry) => sequence ?? (outbox.find(({ id }) => id === key)?.after ?? 0) + 0.5;
    const unsent = outbox.filter(({ id, frame }) => frame.type === "say" && !told.some(({ client_id }) => client_id === id));
    const sequenced: Entry[] = [
      ...told.map((message): Entry => ({
        ...toldEntry(message, readTo),
        live: live(message),
        rating: message.sequence === lastToRate ? (rated ?? "ask") : null,
      })),
      ...[...this.confirmed].map(([sequence, outgoing]) => ownEntry(outgoing, sequence, readTo)),
      ...unsent.filter(({ refusal }) => refusal).map((outgoing) => ownEntry(outgoing, null, readTo)),
    ].sort((a, b) => place(a) - place(b));
    return [...sequenced, ...unsent.filter(({ refusal }) => !refusal).map((outgoing) => ownEntry(outgoing, null, readTo))];
  }

  private ordered(): Message[] {
    return [...this.messages.values()].sort((a, b) => a.sequence - b.sequence);
  }
}

/** Whether a choice was made of it, or its form was filled in, also if that is still under way. */
function isAnswered(message: Message, outbox: Outgoing[]): boolean {
  if (message.chosen !== null) return true;
  return outbox.some(({ frame, refusal }) => {
    if (frame.type === "say") return frame.choice?.message === message.sequence;
    return !refusal && frame.type === "details" && frame.message === message.sequence;
  });
}

function toldEntry(message: Message, readTo: number): Entry {
  const { sequence, client_id, at, author, text, attachments, citation } = message;
  const own = author.kind === "visitor";
  return {
    key: client_id ?? `s${sequence}`,
    sequence, at, author, text, attachments, citation, message,
    delivery: own ? (sequence <= readTo ? "read" : "sent") : null,
    refusal: null,
    live: false,
    rating: null,
  };
}

function ownEntry({ id, at, frame, attachments, refusal }: Outgoing, sequence: number | null, readTo: number): Entry {
  const stored = sequence === null ? "waiting" : sequence <= readTo ? "read" : "sent";
  return {
    key: id,
    sequence, at, attachments, refusal,
    author: visitor,
    text: frame.type === "say" ? frame.text : "",
    citation: null,
    delivery: refusal ? "refused" : stored,
    message: null,
    live: false,
    rating: null,
  };
}

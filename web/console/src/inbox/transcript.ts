import type { Attached, Author, Citation, Content, Message } from "./types";
import { nameIn } from "./types";

/** A message on its way, or one that did not arrive. */
export interface Outgoing {
  clientId: string;
  mode: "reply" | "note";
  text: string;
  attachments: Attached[];
  at: string;
  failure?: unknown;
}

/** A message as the transcript shows it, stored or on its way. */
export interface Said {
  key: string;
  sequence: number | null;
  author: Author;
  name?: string;
  internal: boolean;
  at: string;
  body: string;
  citation?: Citation;
  choices: string[];
  attachments: Attached[];
  /** Of one's own that is not stored yet. */
  outgoing?: Outgoing;
}

/** What stands for the text of a message that is files only. */
const onlyFiles = "📎";

/** The stored messages in order, each once, then those on their way that are not among them. */
export function merge(stored: Message[], outgoing: Outgoing[], me: string): Said[] {
  const byId = new Map(stored.map((message) => [message.id, message]));
  const arrived = new Set(stored.map((message) => message.client_id));
  return [
    ...[...byId.values()].sort(inOrder).map(saidOf),
    ...outgoing.filter((each) => !arrived.has(each.clientId)).map((each) => sending(each, me)),
  ];
}

const inOrder = (a: Message, b: Message) => (a.sequence ?? 0) - (b.sequence ?? 0) || a.created_at.localeCompare(b.created_at);

function saidOf(message: Message): Said {
  const content: Content = message.content ?? {};
  const attachments = content.attachments ?? [];
  return {
    key: message.client_id ?? message.id,
    sequence: message.sequence,
    author: message.author ?? authorOf(message),
    name: nameIn(message, "user_id"),
    internal: message.direction === "internal",
    at: message.created_at,
    body: message.body === onlyFiles && attachments.length > 0 ? "" : message.body,
    citation: content.citation ?? undefined,
    choices: content.choices?.map((choice) => choice.label) ?? [],
    attachments,
  };
}

/** Of a message that came in by another way than the chat. */
function authorOf({ direction, user_id }: Message): Author {
  return direction === "inbound" ? "customer" : user_id || direction === "internal" ? "agent" : "system";
}

const sending = (outgoing: Outgoing, me: string): Said => ({
  key: outgoing.clientId, sequence: null, author: "agent", name: me, internal: outgoing.mode === "note", at: outgoing.at,
  body: outgoing.text, choices: [], attachments: outgoing.attachments, outgoing,
});

/** Messages in a row by the same person. */
export interface Block { key: string; author: Author; name?: string; internal: boolean; at: string; said: Said[] }
export interface Day { day: string; blocks: Block[] }

const together = 5 * 60_000;

/** The messages day by day, and in each those together that one person wrote within minutes. */
export function days(said: Said[], dayOf: (at: string) => string): Day[] {
  const found: Day[] = [];
  for (const each of said) {
    const day = dayOf(each.at);
    let last = found.at(-1);
    if (last?.day !== day) found.push(last = { day, blocks: [] });
    const block = last.blocks.at(-1);
    if (block && belongs(each, block)) block.said.push(each);
    else last.blocks.push({ key: each.key, author: each.author, name: each.name, internal: each.internal, at: each.at, said: [each] });
  }
  return found;
}

function belongs(each: Said, block: Block): boolean {
  const before = block.said.at(-1);
  return before !== undefined && each.author === block.author && each.author !== "system" && each.name === block.name && each.internal === block.internal
    && Date.parse(each.at) - Date.parse(before.at) < together;
}

/** The last of one's side's messages that the customer has read, to be marked so. */
export function lastRead(said: Said[], read: number): string | undefined {
  return said.findLast((each) => each.author === "agent" && !each.internal && each.sequence !== null && each.sequence <= read)?.key;
}

/** The number of the newest stored message. */
export const newest = (said: Said[]) => said.reduce((most, { sequence }) => Math.max(most, sequence ?? 0), 0);

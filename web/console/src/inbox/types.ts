import type { Filter, RecordData } from "../api/types";

/** The records of the inbox, with the fields that it works with. */

export type State = "bot" | "handoff_requested" | "queued" | "human" | "resolved" | "offline";

export interface Conversation extends RecordData {
  state: State;
  subject: string | null;
  reason: string | null;
  owner_id: string | null;
  team_id: string | null;
  contact_id: string | null;
  visitor_id: string | null;
  ticket_id: string | null;
  language: string | null;
  sentiment: string | null;
  page?: string | null;
  packet?: Packet | null;
  last_sequence: number | null;
  last_message_at: string | null;
  queued_at: string | null;
  resolved_at?: string | null;
  rating?: number | null;
  rating_comment?: string | null;
  created_at: string;
}

/** What the bot hands over together with a conversation. */
export interface Packet {
  question?: string;
  /** What the customer said last, where that is not the question. */
  said?: string;
  tried?: Tried[];
  /** The company's own intent that made the bot hand over. */
  intent?: { id: string; name: string };
  language?: string;
  sentiment?: string;
  urgent?: boolean;
  page?: string;
  customer?: { name?: string | null; email?: string | null };
}
export interface Tried { question?: string; article?: string; title?: string; heading?: string | null; slug?: string; anchor?: string; confidence?: number; helpful?: boolean | null; told?: boolean }

export interface Attached { id: string; name: string; media_type?: string | null; bytes?: number }
export interface Citation { title?: string; heading?: string | null; url?: string | null; article?: string | null; article_id?: string | null }
export interface Content { citation?: Citation | null; choices?: { label: string; value: string }[]; attachments?: Attached[] }

export type Author = "customer" | "bot" | "agent" | "system";
export interface Message extends RecordData {
  sequence: number | null;
  direction: "inbound" | "outbound" | "internal";
  author: Author | null;
  user_id: string | null;
  body: string;
  content: Content | null;
  client_id: string | null;
  created_at: string;
}

/** How the bot came to say something. */
export interface Turn extends RecordData {
  sequence: number | null;
  intent: string | null;
  decided: string | null;
  confidence: number | null;
  article_id: string | null;
  helpful: boolean | null;
}

const waitingStates: State[] = ["queued", "offline", "handoff_requested"];
/** Whether it waits for a person to take it. */
export const isWaiting = ({ state }: { state: State }) => waitingStates.includes(state);
export const waiting: Filter = { field: "state", op: "in", value: waitingStates };

/** A name that one of a record's references goes by. */
export function nameIn(record: RecordData, field: string): string | undefined {
  const name = record._names?.[field];
  return typeof name === "string" && name ? name : undefined;
}

/** What the customer is called: the contact they have proven to be, else what they call themselves. */
export const customerName = (conversation: Conversation) => nameIn(conversation, "contact_id") ?? (conversation.name || undefined);

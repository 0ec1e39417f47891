/** The frames between panel and server. The same ones go over the socket and over HTTP. */

export interface Author {
  kind: "visitor" | "bot" | "agent" | "system";
  name: string | null;
  picture: string | null;
}
export interface Attachment {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
  url: string;
}
export interface Citation {
  title: string;
  /** Empty for the beginning of the article. */
  heading: string;
  url: string;
}
export interface Choice {
  label: string;
  value: string;
}
export interface Form {
  kind: "details";
  fields: ("name" | "email")[];
}
export interface Message {
  sequence: number;
  id: string;
  /** Of a message of the visitor's: the id that this or another panel gave it. */
  client_id: string | null;
  at: string;
  author: Author;
  text: string;
  attachments: Attachment[];
  citation: Citation | null;
  choices: Choice[];
  form: Form | null;
  /** The choice that was made of `choices`. */
  chosen: string | null;
}
export interface Conversation {
  id: string;
  state: "bot" | "handoff_requested" | "queued" | "human" | "resolved" | "offline";
  agent: { name: string; picture: string | null } | null;
  ticket: string | null;
  rated: number | null;
}
export interface Limits {
  text: number;
  file_bytes: number;
  file_types: string[];
}
export interface Widget {
  name: string;
  colour: string;
  /** Empty for words of our own. */
  welcome: string;
}
export interface Visitor {
  name: string | null;
  email: string | null;
  verified: boolean;
}

export interface Hello {
  type: "hello";
  widget: string;
  token: string | null;
  identity: string | null;
  page: string;
  language: string;
  after: number;
}
export interface Say {
  type: "say";
  id: string;
  text: string;
  attachments: string[];
  choice: { message: number; value: string } | null;
}
export interface Details {
  type: "details";
  id: string;
  message: number;
  name: string | null;
  email: string | null;
  skip: boolean;
}
export interface Rate {
  type: "rate";
  id: string;
  stars: number;
  comment: string | null;
}
/** What must arrive, and arrive once. */
export type Lasting = Say | Details | Rate;
export type ClientFrame =
  | Lasting
  | { type: "typing"; on: boolean }
  | { type: "read"; sequence: number }
  | { type: "ping" };

/** Why something was not taken, in words for people. */
export interface Refusal {
  code: string;
  title: string;
  detail?: string | null;
  hint?: string | null;
  /** Seconds after which it may be sent again as it is. */
  retry_after?: number | null;
}
/** The detail is about what was done; the title is of the kind of failure. */
export const textOf = ({ title, detail, hint }: Refusal) => [detail || title, hint].filter(Boolean).join(" ");
export interface Ready {
  type: "ready";
  token: string;
  widget: Widget;
  visitor: Visitor;
  conversation: Conversation | null;
  messages: Message[];
  /** How far the other side has read. */
  agent_read: number;
  limits: Limits;
}
export type ServerFrame =
  | Ready
  /** Without a sequence where it became no message. */
  | { type: "accepted"; id: string; sequence?: number }
  | ({ type: "refused"; id: string | null } & Refusal)
  /** `previous` is the message before it that this visitor may see; without it the one of the number before. */
  | { type: "message"; message: Message; previous?: number }
  | { type: "typing"; on: boolean; author: Author }
  | { type: "state"; conversation: Conversation }
  | { type: "read"; sequence: number }
  | { type: "pong" };

import type { Aggregate, Filter, RecordData, Sort } from "../api/types";

/** The shapes of `/ask`. */
export type Kind = "records" | "record" | "value" | "groups" | "ranked" | "article" | "proposal" | "clarify" | "unknown" | "done" | "talk";
export interface Asked extends Partial<Omit<Aggregate, "sort">> { object: string; filter?: Filter; sort?: Sort[] | Aggregate["sort"]; limit?: number }
export interface Choice { object: string; id: string; name: string }

export interface Chart {
  kind: "bar" | "line" | "pie";
  title: string;
  category: string;
  measure: string;
  unit: "number" | "percent" | "duration" | { money: string };
  categories: string[];
  series: { name: string; values: (number | null)[]; shown: string[] }[];
  others?: number;
  notes?: string[];
  text: string;
}

export interface Answer {
  conversation: string;
  turn: number;
  kind: Kind;
  understood: string;
  /** 0 to 1. */
  confidence: number;
  message?: string;
  can_undo?: boolean;
  query?: Asked;
  conditions?: string[];
  object?: string;
  records?: RecordData[];
  total?: number;
  value?: unknown;
  groups?: Record<string, unknown>;
  labels?: string[];
  chart?: Chart;
  as_table?: boolean;
  answer?: string;
  source?: Source;
  action?: "create" | "update" | "delete";
  values?: Record<string, unknown>;
  done?: string;
  choices?: Choice[];
  offers?: string[];
  missing?: string[];
  promises?: Promised[];
  /** Whether a colleague can be asked to approve what one may not do oneself. */
  ask_approval?: boolean;
  /** The colleague's request that this proposes to agree to. */
  approval?: Approval;
  approvals?: Approval[];
}

/** A change for which somebody asks a colleague's yes. */
export interface Approval {
  id: string;
  state: "pending" | "approved" | "declined" | "withdrawn" | "expired";
  title: string;
  object: string;
  record: Person | null;
  asker: Person;
  approver: Person;
  reason: string | null;
  created_at: string;
  expires_at: string;
  decided_at: string | null;
}
interface Person { id: string; name: string }
/** Where an article says what it answers. */
export interface Source { article: string; title: string; heading?: string; internal: boolean; address: string }

/** Something that the bot does by itself. */
export interface Promised { id: string; kind: "answer" | "digest" | "remind" | "tell"; title: string; when: string; next_at: string | null; conversation: string }
/** Something that the bot said by itself and that was not read yet. */
export interface Unread { conversation: string; turn: number; title: string; message: string; at: string }

export type Button = "confirm" | "cancel" | "undo" | "ask_approval" | { choose: string } | { take: number } | { decline: string } | { withdraw: string } | { without: number } | { stop: string };
export interface Turn { turn: number; heard: string; answer: Answer; at: string; settled: boolean; by_itself?: boolean; unread?: boolean }
export interface Conversation { id: string; title: string; begun_at: string }
export interface Preview { understood: string | null; confidence: number; change: boolean; record: Choice | null }

/** What passes between the people of a conversation without being stored: who types, who has read, who is there. */

export interface Signal {
  conversation: string;
  from: "customer" | "agent";
  name?: string | null;
  typing?: boolean;
  read?: number;
  there?: boolean;
}

export interface Presence {
  /** Until when somebody counts as typing: the customer, or a colleague by name. */
  customerTypes: number;
  agentsType: Readonly<Record<string, number>>;
  /** Whether the customer's window is open; unknown until it is told. */
  there?: boolean;
  /** The last message that the customer has read. */
  read: number;
}

/** Who types says so again within this time. */
export const typingLasts = 6000;

export const nobody: Presence = { customerTypes: 0, agentsType: {}, read: 0 };
export type Presences = ReadonlyMap<string, Presence>;

/** What is known after one more signal. */
export function heard(all: Presences, signal: Signal, now: number): Presences {
  const before = all.get(signal.conversation) ?? nobody;
  return new Map(all).set(signal.conversation, signal.from === "customer" ? fromCustomer(before, signal, now) : fromAgent(before, signal, now));
}

function fromCustomer(before: Presence, { typing, read, there }: Signal, now: number): Presence {
  const until = typing === undefined ? before.customerTypes : typing ? now + typingLasts : 0;
  return {
    ...before,
    customerTypes: there === false ? 0 : until,
    // Whoever types or reads is there.
    there: there ?? (typing === true || read !== undefined ? true : before.there),
    read: Math.max(before.read, read ?? 0),
  };
}

function fromAgent(before: Presence, { typing, name }: Signal, now: number): Presence {
  if (typing === undefined || !name) return before;
  return { ...before, agentsType: { ...before.agentsType, [name]: typing ? now + typingLasts : 0 } };
}

/** When the next of them stops to count as typing, if any does. */
export function nextEnd(all: Presences, now: number): number | undefined {
  const ends = [...all.values()].flatMap(({ customerTypes, agentsType }) => [customerTypes, ...Object.values(agentsType)]).filter((end) => end > now);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** Who types at this moment, apart from oneself. */
export function typists(presence: Presence, now: number, me: string): { customer: boolean; agents: string[] } {
  return {
    customer: presence.customerTypes > now,
    agents: Object.entries(presence.agentsType).filter(([name, until]) => until > now && name !== me).map(([name]) => name),
  };
}

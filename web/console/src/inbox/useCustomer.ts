import { useQuery } from "@tanstack/react-query";
import { recordQuery } from "../api/records";
import { useSchema } from "../api/schema";
import type { RecordData } from "../api/types";
import type { Conversation } from "./types";

export interface Customer {
  /** Who they have proven to be. */
  contact?: RecordData;
  /** What they say of themselves. */
  given: { name?: string; email?: string };
  /** Where an answer can reach them when they are gone. */
  address?: string;
  pending: boolean;
}

const textOf = (value: unknown) => (typeof value === "string" && value ? value : undefined);

/** Who a conversation is with, as far as this person may see it. */
export function useCustomer({ contact_id, visitor_id, packet }: Conversation): Customer {
  const { byName } = useSchema();
  const contact = useQuery({ ...recordQuery("contact", contact_id ?? ""), enabled: contact_id !== null && byName.has("contact") });
  const visitor = useQuery({ ...recordQuery("visitor", visitor_id ?? ""), enabled: visitor_id !== null && byName.has("visitor") });
  const given = {
    name: textOf(visitor.data?.given_name) ?? textOf(packet?.customer?.name),
    email: textOf(visitor.data?.given_email) ?? textOf(packet?.customer?.email),
  };
  return { contact: contact.data, given, address: textOf(contact.data?.email) ?? given.email, pending: contact.isLoading || visitor.isLoading };
}

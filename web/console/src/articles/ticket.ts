import { createRecord, listQuery } from "../api/records";
import type { Filter, RecordData } from "../api/types";

const equals = (field: string, value: unknown): Filter => ({ field, op: "eq", value });

/** What was said to the ticket's customer and by them, oldest first; nothing internal. */
export const saidQuery = (ticket: string) => listQuery("message", {
  filter: { and: [{ or: [equals("ticket_id", ticket), equals("conversation.ticket_id", ticket)] }, { field: "direction", op: "in", value: ["inbound", "outbound"] }, { field: "author", op: "in", value: ["customer", "agent"] }] },
  sort: [{ field: "created_at" }], limit: 500,
});

const text = (value: unknown) => (typeof value === "string" ? value.trim() : "");

/** Plain words as Markdown: each line stays a line, and nothing in them becomes a heading, a list or a tag. */
export const asMarkdown = (plain: string) => plain
  .split("\n")
  .map((line) => line.trimEnd().replaceAll(/([\\`*_[\]<])/g, "\\$1").replace(/^(\s*)([#>+-]|\d+[.)](?=\s))/, (_, space: string, mark: string) => `${space}${mark.length > 1 ? `${mark.slice(0, -1)}\\${mark.slice(-1)}` : `\\${mark}`}`))
  .join("\n")
  .replaceAll(/([^\n])\n(?=[^\n])/g, "$1\\\n");

/** The values of a draft: the ticket's subject, what was asked, and what agents answered. */
export function draftOf(ticket: RecordData, said: RecordData[], language: string, heads: { question: string; answer: string }): Record<string, unknown> {
  const first = said.find(({ author, direction }) => author === "customer" && direction === "inbound");
  const answers = said.filter(({ author, direction }) => author === "agent" && direction === "outbound").map(({ body }) => text(body)).filter(Boolean);
  // A chat's ticket is described by the whole exchange; what was asked is its first message.
  const question = text(first?.body) || text(ticket.description);
  const parts = [question && `## ${heads.question}\n\n${asMarkdown(question)}`, `## ${heads.answer}\n\n${answers.map(asMarkdown).join("\n\n")}`];
  return { title: text(ticket.subject), body: parts.filter(Boolean).join("\n\n").trim(), language, status: "draft" };
}

export const makeDraft = (values: Record<string, unknown>) => createRecord("article", values, crypto.randomUUID());

/** What was learned from a ticket is known once it is solved. */
export const isSolved = (ticket: RecordData) => ticket.status === "solved" || ticket.status === "closed";

/** The article that was drafted from it, as long as it is there to be seen. */
export const articleOf = ({ article_id, _names }: RecordData) => (typeof article_id === "string" && _names?.article_id ? article_id : undefined);

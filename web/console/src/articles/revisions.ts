import type { ChangeEvent } from "../api/types";

/** What a revision is about: the words, and where the article stood. */
export const told = ["title", "body", "status"] as const;
export interface Revision { event: ChangeEvent; number: number; changes: { field: (typeof told)[number]; before: string; after: string }[] }

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** The events of an article that changed what it says or where it stands, newest first as they come. */
export function revisionsOf(events: ChangeEvent[], article: string): Revision[] {
  return events.flatMap((event) => {
    const changes = told.flatMap((field) => {
      const [before, after] = event.changes?.[field] ?? [];
      return text(before) === text(after) ? [] : [{ field, before: text(before), after: text(after) }];
    });
    const number = event.version;
    return event.record_id === article && typeof number === "number" && changes.length > 0 ? [{ event, number, changes }] : [];
  });
}

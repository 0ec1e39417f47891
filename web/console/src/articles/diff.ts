import { diffLines } from "diff";

/** A line of a comparison, or lines that are the same and left out. */
export type DiffRow = { kind: "same" | "added" | "removed"; text: string } | { kind: "skipped"; count: number };

/** How many unchanged lines are shown on each side of a change. */
const around = 2;

/** Line by line, what a text was and what it became; of long unchanged stretches only the edges. */
export function compare(before: string, after: string): DiffRow[] {
  const parts = diffLines(ended(before), ended(after));
  return parts.flatMap(({ added, removed, value }, index): DiffRow[] => {
    const lines = value.replace(/\n$/, "").split("\n");
    if (added || removed) return lines.map((text) => ({ kind: added ? "added" : "removed", text }));
    return shortened(lines, index > 0, index < parts.length - 1);
  });
}

/** Else the last line of one text would differ from the same line within the other. */
const ended = (text: string) => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

function shortened(lines: string[], follows: boolean, precedes: boolean): DiffRow[] {
  const same = (text: string): DiffRow => ({ kind: "same", text });
  const head = follows ? around : 0;
  const tail = precedes ? around : 0;
  const count = lines.length - head - tail;
  if (count <= 1) return lines.map(same);
  return [...lines.slice(0, head).map(same), { kind: "skipped", count }, ...lines.slice(lines.length - tail).map(same)];
}

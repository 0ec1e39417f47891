/** Changes of a Markdown text around a selection, as the toolbar and the keyboard make them. */

export interface Selection { text: string; start: number; end: number }
/** Puts `insert` in the place of `from` to `to`, and selects `start` to `end` of what results. */
export interface Edit { from: number; to: number; insert: string; start: number; end: number }

export const apply = ({ text }: Selection, { from, to, insert, start, end }: Edit): Selection => ({ text: text.slice(0, from) + insert + text.slice(to), start, end });

/** Puts marks around the selection, or takes them away where they are already. */
export function wrap({ text, start, end }: Selection, mark: string, placeholder: string): Edit {
  const chosen = text.slice(start, end);
  const inside = isMarked(chosen, mark);
  if (inside) {
    const bare = chosen.slice(mark.length, -mark.length);
    return { from: start, to: end, insert: bare, start, end: start + bare.length };
  }
  if (isMarkedAround(text, start, end, mark)) {
    return { from: start - mark.length, to: end + mark.length, insert: chosen, start: start - mark.length, end: end - mark.length };
  }
  // Spaces at the edges stay outside: marks only count when they touch a word.
  const words = chosen.trim() || placeholder;
  const before = chosen.trim() ? chosen.slice(0, chosen.indexOf(words)) : "";
  const after = chosen.trim() ? chosen.slice(before.length + words.length) : "";
  const first = start + before.length + mark.length;
  return { from: start, to: end, insert: before + mark + words + mark + after, start: first, end: first + words.length };
}

/** One star is italics, two are bold, three are both: the star of italics is only there where their number is odd. */
const isMarked = (text: string, mark: string) =>
  text.length >= 2 * mark.length && text.startsWith(mark) && text.endsWith(mark) && (mark !== "*" || stars(/^\**/, text) % 2 === 1);
const isMarkedAround = (text: string, start: number, end: number, mark: string) =>
  text.slice(0, start).endsWith(mark) && text.slice(end).startsWith(mark) && (mark !== "*" || stars(/\**$/, text.slice(0, start)) % 2 === 1);
const stars = (where: RegExp, text: string) => where.exec(text)?.[0].length ?? 0;

/** Gives the selected lines a beginning, or takes it away where all have it. */
export function prefixLines({ text, start, end }: Selection, prefix: (index: number) => string, pattern: RegExp): Edit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const all = lines.every((line) => pattern.test(line));
  const insert = lines.map((line, index) => (all ? line.replace(pattern, "") : prefix(index) + line.replace(pattern, ""))).join("\n");
  const caret = start === end;
  const last = from + insert.length;
  return { from, to, insert, start: caret ? last : from, end: last };
}

export const bullets = (selection: Selection) => prefixLines(selection, () => "- ", /^[-*+] /);
export const numbers = (selection: Selection) => prefixLines(selection, (index) => `${index + 1}. `, /^\d+[.)] /);

/** No heading becomes one of the second level, that one of the third, and that none again. The title is the first. */
export function heading(selection: Selection): Edit {
  const from = selection.text.lastIndexOf("\n", selection.start - 1) + 1;
  const level = /^(#{1,6}) /.exec(selection.text.slice(from))?.[1]?.length ?? 0;
  const next = level === 2 ? "### " : level === 0 || level === 1 ? "## " : "";
  const end = selection.text.indexOf("\n", from);
  const to = end === -1 ? selection.text.length : end;
  const insert = next + selection.text.slice(from, to).replace(/^#{1,6} /, "");
  return { from, to, insert, start: from + insert.length, end: from + insert.length };
}

/** A link whose address is selected, to be typed over; what looks like an address becomes it. */
export function link({ text, start, end }: Selection, placeholder: string): Edit {
  const chosen = text.slice(start, end);
  const isAddress = /^(https?:\/\/|\/|mailto:)\S+$/.test(chosen);
  const [words, address] = isAddress ? [placeholder, chosen] : [chosen || placeholder, "https://"];
  const insert = `[${words}](${address})`;
  const first = start + (isAddress ? 1 : words.length + 3);
  return { from: start, to: end, insert, start: first, end: first + (isAddress ? words : address).length };
}

/** Code within a line, or as a block where the selection has several lines. */
export function code(selection: Selection, placeholder: string): Edit {
  const chosen = selection.text.slice(selection.start, selection.end);
  if (!chosen.includes("\n")) return wrap(selection, "`", placeholder);
  const fence = "`".repeat(Math.max(3, ...[...chosen.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  const edit = block(selection, `${fence}\n${chosen.replace(/\n$/, "")}\n${fence}`);
  const first = edit.from + edit.insert.indexOf(fence) + fence.length + 1;
  return { ...edit, start: first, end: first + chosen.replace(/\n$/, "").length };
}

export const table = (selection: Selection, column: string): Edit => {
  const insert = `| ${column} 1 | ${column} 2 |\n| --- | --- |\n|  |  |`;
  const edit = block({ ...selection, start: selection.end }, insert);
  const first = edit.from + edit.insert.indexOf(insert) + 2;
  return { ...edit, start: first, end: first + `${column} 1`.length };
};

/** A piece of its own, with an empty line before and after it. */
export function block({ text, start, end }: Selection, piece: string): Edit {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const open = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const close = after === "" || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const caret = start + open.length + piece.length;
  return { from: start, to: end, insert: open + piece + close, start: caret, end: caret };
}

/** What Enter does at the end of a list's item: begins the next one, or ends the list at an empty one. */
export function enter({ text, start, end }: Selection): Edit | null {
  if (start !== end) return null;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const item = /^(\s*)([-*+]|(\d+)([.)]))( +)(\[[ xX]\] )?/.exec(text.slice(from, start));
  if (!item) return null;
  const [whole, indent = "", mark = "", number, point = "", space = " ", box] = item;
  if (from + whole.length === start && /^\s*(\n|$)/.test(text.slice(start))) return { from, to: start, insert: "", start: from, end: from };
  const insert = `\n${indent}${number ? `${Number(number) + 1}${point}` : mark}${space}${box ? "[ ] " : ""}`;
  return { from: start, to: end, insert, start: start + insert.length, end: start + insert.length };
}

/** A file of ours in the text: shown where it is a picture. Brackets in its name would end it too early. */
export const fileMark = (name: string, address: string, picture: boolean) => `${picture ? "!" : ""}[${name.replaceAll(/[[\]\\]/g, "\\$&")}](${address})`;

import { h } from "./dom";

export interface Part {
  text: string;
  href: string | null;
}

const address = /\b(?:https?:\/\/|www\.)[^\s<>"“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

/** Cuts a text into what is an address and what is not. */
export function linkParts(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const link = trimmed(found);
    const href = targetOf(link);
    if (!href) continue;
    if (index > end) parts.push({ text: text.slice(end, index), href: null });
    parts.push({ text: link, href });
    end = index + link.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/** Without what ends the sentence rather than the address; a bracket stays if it was opened inside. */
function trimmed(link: string): string {
  const count = (letter: string) => link.split(letter).length;
  const last = link.at(-1) ?? "";
  if (/[.,;:!?'’*_…»]/.test(last)) return trimmed(link.slice(0, -1));
  if ((last === ")" && count(")") > count("(")) || (last === "]" && count("]") > count("["))) return trimmed(link.slice(0, -1));
  return link;
}

function targetOf(link: string): string | null {
  if (/^https?:/i.test(link)) return webAddress(link);
  return /^www\./i.test(link) ? webAddress(`https://${link}`) : `mailto:${link}`;
}

/** An address that a browser may be sent to, also one within Parley; null for `javascript:` and its like. */
export function webAddress(text: string, base?: string): string | null {
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

export const withLinks = (text: string) =>
  linkParts(text).map((part) => (part.href ? h("a", { href: part.href, target: "_blank", rel: "noopener noreferrer nofollow" }, part.text) : part.text));

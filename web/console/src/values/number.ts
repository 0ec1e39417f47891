/** Numbers as people of a language write them, kept as decimal strings so that nothing is rounded. */

interface Signs { decimal: string; group: string }
const known = new Map<string, Signs>();

export function signsOf(language: string): Signs {
  let signs = known.get(language);
  if (!signs) {
    const parts = new Intl.NumberFormat(language).formatToParts(-1234567.5);
    signs = {
      decimal: parts.find((part) => part.type === "decimal")?.value ?? ".",
      group: parts.find((part) => part.type === "group")?.value ?? ",",
    };
    known.set(language, signs);
  }
  return signs;
}

/** "1.250,50" in German and "1,250.50" in English are both "1250.50"; null when it is no number. */
export function parseDecimal(text: string, language: string): string | null {
  const { decimal, group } = signsOf(language);
  const compact = text.replace(/[\s\u00a0\u202f'’]/g, "").replace("−", "-");
  const [whole = "", fraction, ...more] = compact.split(decimal);
  if (more.length > 0) return null;
  let digits = whole;
  if (digits.includes(group)) {
    const escaped = group === "." ? "\\." : group;
    const grouped = new RegExp(`^[+-]?\\d{1,3}(${escaped}\\d{2,3})*${escaped}\\d{3}$`);
    // "12.50" typed in a language whose group sign is the point is a decimal point all the same.
    if (!grouped.test(digits)) return fraction === undefined && group === "." && /^[+-]?\d+\.\d+$/.test(digits) ? digits : null;
    digits = digits.split(group).join("");
  }
  const plain = fraction === undefined ? digits : `${digits || "0"}.${fraction}`;
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? plain.replace(/^\+/, "") : null;
}

/** A decimal string as it is typed in a language: no grouping, its own decimal sign. */
export const typedDecimal = (value: string | number, language: string) => String(value).replace(".", signsOf(language).decimal);

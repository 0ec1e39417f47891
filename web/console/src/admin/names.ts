/** A name for the interface made from what people call a thing: "Größe (m)" becomes "groesse_m". */
export function nameFrom(label: string): string {
  const letters: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "o", ł: "l" };
  const plain = label.toLowerCase().replace(/[äöüßæøł]/g, (letter) => letters[letter] ?? letter).normalize("NFD").replace(/\p{M}/gu, "");
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "").slice(0, 40).replace(/_+$/, "");
}

export const words = (text: string) => text.split(",").map((word) => word.trim()).filter(Boolean);

/** The languages that the widget has texts in; English stands in for the others. */
export const languages = ["en", "de", "fr", "es", "pt"] as const;
export type Language = (typeof languages)[number];

const base = (tag: string) => tag.toLowerCase().split(/[-_]/)[0] ?? "";

export function languageOf(tag: string): Language {
  return languages.find((language) => language === base(tag)) ?? "en";
}

/** The page's writing direction, also where the texts are English. */
export function directionOf(tag: string): "ltr" | "rtl" {
  return ["ar", "he", "iw", "fa", "ur"].includes(base(tag)) ? "rtl" : "ltr";
}

import { languageOf, type Language } from "../../shared/language";
import { de } from "./de";
import { en } from "./en";
import { es } from "./es";
import { fr } from "./fr";
import { pt } from "./pt";

export type TextKey = keyof typeof en;
export type Texts = Record<TextKey, string>;
export type Translate = (key: TextKey, params?: Record<string, string | number>) => string;

/** To add a language: write its file, name it here and in `shared/language.ts`, and give the loader its four words. */
const catalogues: Record<Language, Texts> = { en, de, fr, es, pt };

/** Texts, numbers and times as the page's language has them. */
export interface Words {
  t: Translate;
  time: (at: string) => string;
  day: (at: string) => string;
  size: (bytes: number) => string;
}

export function wordsIn(tag: string): Words {
  const language = languageOf(tag);
  const plurals = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
  const date = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  return {
    t: (key, params) => {
      let text = catalogues[language][key];
      const [one, many] = text.split("|");
      if (many !== undefined && one !== undefined) text = plurals.select(Number(params?.count ?? 0)) === "one" ? one : many;
      return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
        const value = params?.[name];
        return typeof value === "number" ? number.format(value) : (value ?? hole);
      });
    },
    time: (at) => clock.format(new Date(at)),
    day: (at) => {
      const days = Math.round((midnight(new Date()) - midnight(new Date(at))) / 86_400_000);
      return days < 2 ? relative.format(-days, "day") : date.format(new Date(at));
    },
    size: (bytes) => (bytes < 1024 * 1024 ? `${number.format(Math.max(1, Math.round(bytes / 1024)))} KB` : `${number.format(bytes / 1024 / 1024)} MB`),
  };
}

import { pageTexts, type PageTranslate } from "../../i18n/pageTexts";
import type { askEn } from "./askEn";

export type AskKey = keyof typeof askEn;
export type AskTexts = Record<AskKey, string>;
export type AskTranslate = PageTranslate<AskKey>;

/** The chat's texts. */
export const useAskText = pageTexts<AskKey>("ask", {
  en: async () => (await import("./askEn")).askEn,
  de: async () => (await import("./askDe")).askDe,
});

import { pageTexts, type PageTranslate } from "../../i18n/pageTexts";
import type { intentsEn } from "./intentsEn";

export type IntentKey = keyof typeof intentsEn;
export type IntentTexts = Record<IntentKey, string>;
export type IntentTranslate = PageTranslate<IntentKey>;

/** The texts of the intents' page. */
export const useIntentText = pageTexts<IntentKey>("intents", {
  en: async () => (await import("./intentsEn")).intentsEn,
  de: async () => (await import("./intentsDe")).intentsDe,
});

import { pageTexts, type PageTranslate } from "../../i18n/pageTexts";
import type { assistantsEn } from "./assistantsEn";

export type AssistantKey = keyof typeof assistantsEn;
export type AssistantTexts = Record<AssistantKey, string>;
export type AssistantTranslate = PageTranslate<AssistantKey>;

/** The texts of the assistants' page. */
export const useAssistantText = pageTexts<AssistantKey>("assistants", {
  en: async () => (await import("./assistantsEn")).assistantsEn,
  de: async () => (await import("./assistantsDe")).assistantsDe,
});

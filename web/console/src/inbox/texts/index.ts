import { pageTexts, type PageTranslate } from "../../i18n/pageTexts";
import type { inboxEn } from "./inboxEn";

export type InboxKey = keyof typeof inboxEn;
export type InboxTexts = Record<InboxKey, string>;
export type InboxTranslate = PageTranslate<InboxKey>;

/** The inbox's texts. */
export const useInboxText = pageTexts<InboxKey>("inbox", {
  en: async () => (await import("./inboxEn")).inboxEn,
  de: async () => (await import("./inboxDe")).inboxDe,
});

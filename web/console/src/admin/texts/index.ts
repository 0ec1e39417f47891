import { pageTexts, type PageTranslate } from "../../i18n/pageTexts";
import type { adminEn } from "./adminEn";

export type AdminKey = keyof typeof adminEn;
export type AdminTexts = Record<AdminKey, string>;
export type AdminTranslate = PageTranslate<AdminKey>;

/** The texts of the pages of administration that nobody sees first. */
export const useAdminText = pageTexts<AdminKey>("admin", {
  en: async () => (await import("./adminEn")).adminEn,
  de: async () => (await import("./adminDe")).adminDe,
});

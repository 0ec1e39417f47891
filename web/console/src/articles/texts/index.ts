import { pageTexts, type PageTranslate } from "../../i18n/pageTexts";
import type { articlesEn } from "./articlesEn";

export type ArticleKey = keyof typeof articlesEn;
export type ArticleTexts = Record<ArticleKey, string>;
export type ArticleTranslate = PageTranslate<ArticleKey>;

/** The texts of the knowledge base. */
export const useArticleText = pageTexts<ArticleKey>("articles", {
  en: async () => (await import("./articlesEn")).articlesEn,
  de: async () => (await import("./articlesDe")).articlesDe,
});

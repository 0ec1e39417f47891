import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { translator, useLocale, type Params, type TextKey } from "../../i18n";
import type { articlesEn } from "./articlesEn";

export type ArticleKey = keyof typeof articlesEn;
export type ArticleTexts = Record<ArticleKey, string>;
export type ArticleTranslate = (key: ArticleKey | TextKey, params?: Params) => string;

/** The texts of the knowledge base come with it, as pages before it need none of them. To add a language: as in `i18n`. */
const catalogues: Record<string, () => Promise<ArticleTexts>> = {
  en: async () => (await import("./articlesEn")).articlesEn,
  de: async () => (await import("./articlesDe")).articlesDe,
};

/** The texts of the knowledge base together with those of the whole console. */
export function useArticleText(): ArticleTranslate {
  const { language, t } = useLocale();
  const code = language.split("-")[0]?.toLowerCase() ?? "en";
  const { data: texts } = useSuspenseQuery({
    queryKey: ["texts", "articles", code in catalogues ? code : "en"],
    queryFn: () => (catalogues[code] ?? catalogues.en)?.() ?? {} as ArticleTexts,
    staleTime: "static", gcTime: Infinity,
  });
  return useMemo(() => {
    const own = translator<ArticleKey>(texts, language);
    return (key, params) => (key in texts ? own(key as ArticleKey, params) : t(key as TextKey, params));
  }, [texts, language, t]);
}

import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { translator, useLocale, type Params, type TextKey } from "../../i18n";
import type { askEn } from "./askEn";

export type AskKey = keyof typeof askEn;
export type AskTexts = Record<AskKey, string>;
export type AskTranslate = (key: AskKey | TextKey, params?: Params) => string;

/** The chat's own texts come with it, as the first page needs none of them. To add a language: as in `i18n`. */
const catalogues: Record<string, () => Promise<AskTexts>> = {
  en: async () => (await import("./askEn")).askEn,
  de: async () => (await import("./askDe")).askDe,
};

/** The texts of the chat together with those of the whole console. */
export function useAskText(): AskTranslate {
  const { language, t } = useLocale();
  const code = language.split("-")[0]?.toLowerCase() ?? "en";
  const { data: texts } = useSuspenseQuery({
    queryKey: ["texts", "ask", code in catalogues ? code : "en"],
    queryFn: () => (catalogues[code] ?? catalogues.en)?.() ?? {} as AskTexts,
    staleTime: "static", gcTime: Infinity,
  });
  return useMemo(() => {
    const own = translator<AskKey>(texts, language);
    return (key, params) => (key in texts ? own(key as AskKey, params) : t(key as TextKey, params));
  }, [texts, language, t]);
}

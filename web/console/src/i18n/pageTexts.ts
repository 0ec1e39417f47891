import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { translator, useLocale, type Params, type TextKey } from ".";

export type PageTranslate<Key extends string> = (key: Key | TextKey, params?: Params) => string;

/**
 * A hook for the texts that come with a page or a panel, as pages before it need none of them, together with those of
 * the whole console. To add a language: as in `i18n`.
 */
export function pageTexts<Key extends string>(name: string, catalogues: { en: () => Promise<Record<Key, string>> } & Record<string, () => Promise<Record<Key, string>>>) {
  return function usePageText(): PageTranslate<Key> {
    const { language, t } = useLocale();
    const base = language.split("-")[0]?.toLowerCase() ?? "en";
    const code = base in catalogues ? base : "en";
    const { data: texts } = useSuspenseQuery({
      queryKey: ["texts", name, code],
      queryFn: () => (catalogues[code] ?? catalogues.en)(),
      staleTime: "static", gcTime: Infinity,
    });
    return useMemo(() => {
      const own = translator<Key>(texts, language);
      return (key, params) => (key in texts ? own(key as Key, params) : t(key as TextKey, params));
    }, [texts, language, t]);
  };
}

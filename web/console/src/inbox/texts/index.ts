import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { translator, useLocale, type Params, type TextKey } from "../../i18n";
import type { inboxEn } from "./inboxEn";

export type InboxKey = keyof typeof inboxEn;
export type InboxTexts = Record<InboxKey, string>;
export type InboxTranslate = (key: InboxKey | TextKey, params?: Params) => string;

/** The inbox's own texts come with it, as pages before it need none of them. To add a language: as in `i18n`. */
const catalogues: Record<string, () => Promise<InboxTexts>> = {
  en: async () => (await import("./inboxEn")).inboxEn,
  de: async () => (await import("./inboxDe")).inboxDe,
};

/** The texts of the inbox together with those of the whole console. */
export function useInboxText(): InboxTranslate {
  const { language, t } = useLocale();
  const code = language.split("-")[0]?.toLowerCase() ?? "en";
  const { data: texts } = useSuspenseQuery({
    queryKey: ["texts", "inbox", code in catalogues ? code : "en"],
    queryFn: () => (catalogues[code] ?? catalogues.en)?.() ?? {} as InboxTexts,
    staleTime: "static", gcTime: Infinity,
  });
  return useMemo(() => {
    const own = translator<InboxKey>(texts, language);
    return (key, params) => (key in texts ? own(key as InboxKey, params) : t(key as TextKey, params));
  }, [texts, language, t]);
}

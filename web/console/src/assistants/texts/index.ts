import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { translator, useLocale, type Params, type TextKey } from "../../i18n";
import type { assistantsEn } from "./assistantsEn";

export type AssistantKey = keyof typeof assistantsEn;
export type AssistantTexts = Record<AssistantKey, string>;
export type AssistantTranslate = (key: AssistantKey | TextKey, params?: Params) => string;

/** The texts of the assistants' page come with it, as pages before it need none of them. To add a language: as in `i18n`. */
const catalogues: Record<string, () => Promise<AssistantTexts>> = {
  en: async () => (await import("./assistantsEn")).assistantsEn,
  de: async () => (await import("./assistantsDe")).assistantsDe,
};

/** The texts of the assistants' page together with those of the whole console. */
export function useAssistantText(): AssistantTranslate {
  const { language, t } = useLocale();
  const code = language.split("-")[0]?.toLowerCase() ?? "en";
  const { data: texts } = useSuspenseQuery({
    queryKey: ["texts", "assistants", code in catalogues ? code : "en"],
    queryFn: () => (catalogues[code] ?? catalogues.en)?.() ?? {} as AssistantTexts,
    staleTime: "static", gcTime: Infinity,
  });
  return useMemo(() => {
    const own = translator<AssistantKey>(texts, language);
    return (key, params) => (key in texts ? own(key as AssistantKey, params) : t(key as TextKey, params));
  }, [texts, language, t]);
}

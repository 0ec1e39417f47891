import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { createContext, use, useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { meQuery } from "../api/session";
import { makeFormat, type Format } from "../values/format";
import type { en } from "./en";

export type TextKey = keyof typeof en;
export type Texts = Record<TextKey, string>;

/**
 * To add a language: write its file with every key of `en.ts` (the compiler tells which are missing)
 * and name it here. Forms for one and for many stand in one text, parted by "|".
 */
const catalogues: Record<string, { name: string; load: () => Promise<Texts> }> = {
  en: { name: "English", load: async () => (await import("./en")).en },
  de: { name: "Deutsch", load: async () => (await import("./de")).de },
};

export const languages = Object.entries(catalogues).map(([code, { name }]) => ({ code, name }));
const base = (language: string) => language.split("-")[0]?.toLowerCase() ?? "en";
const supported = (language: string) => (base(language) in catalogues ? base(language) : "en");
export const browserLanguage = () => supported(navigator.language);
export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** Those fetched so far; the browser's own language is, before anything is shown. */
const loaded = new Map<string, Texts>();
export async function loadTexts(language: string): Promise<void> {
  const code = supported(language);
  const catalogue = catalogues[code];
  if (catalogue && !loaded.has(code)) loaded.set(code, await catalogue.load());
}

export type Params = Record<string, string | number>;
export type Translate = (key: TextKey, params?: Params) => string;

/** Finds texts of a catalogue by key and fills their holes. */
export function translator<K extends string>(texts: Partial<Record<K, string>> | undefined, language: string): (key: K, params?: Params) => string {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, params) => {
    let text: string = texts?.[key] ?? key;
    const [one, many] = text.split("|");
    if (many !== undefined && one !== undefined) text = plurals.select(Number(params?.count ?? 0)) === "one" ? one : many;
    return params ? text.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = params[name];
      return value === undefined ? hole : typeof value === "number" ? numbers.format(value) : value;
    }) : text;
  };
}

interface Locale { language: string; zone: string; currency: string; weekStart: number; t: Translate; format: Format }
const LocaleContext = createContext<Locale | null>(null);

export function useLocale(): Locale {
  const locale = use(LocaleContext);
  if (!locale) throw new Error("LocaleProvider is missing");
  return locale;
}
export const useText = () => useLocale().t;

/** The signed-in person's language and time zone, or the browser's before sign-in. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  // Signing in or out begins with an empty cache: who observed a query of the old one would not hear of the new person.
  const watch = useCallback((changed: () => void) => client.getQueryCache().subscribe(notifyManager.batchCalls(changed)), [client]);
  const me = useSyncExternalStore(watch, () => client.getQueryData(meQuery.queryKey));
  const language = me?.language ?? browserLanguage();
  const zone = me?.time_zone ?? browserZone();
  const currency = me?.tenant.currency ?? "USD";
  const weekStart = me?.week_start === "sunday" || me?.week_start === 7 || me?.week_start === 0 ? 0 : me?.week_start === "saturday" || me?.week_start === 6 ? 6 : 1;
  const [ready, setReady] = useState(browserLanguage);
  useEffect(() => {
    let current = true;
    void loadTexts(language).then(() => { if (current) setReady(supported(language)); });
    document.documentElement.lang = supported(language);
    return () => { current = false; };
  }, [language]);
  const locale = useMemo(() => ({
    language, zone, currency, weekStart,
    t: translator(loaded.get(ready), ready),
    format: makeFormat(language, zone),
  }), [language, zone, currency, weekStart, ready]);
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

import { useQuery } from "@tanstack/react-query";
import { useDebounced } from "../ui/useDebounced";
import { previewQuery } from "./api";
import { useAskText } from "./texts";

/** Below this, a text is rather the name of something than a question. */
const sure = 0.6;

export interface AskEntry { title: string; detail?: string; understood: boolean; /** Whether it stands for all that was typed so far. */ settled: boolean }

/** What asking the bot would come to, while somebody types; a record that is named is found by the search. */
export function useAskEntry(typed: string): AskEntry | null {
  const t = useAskText();
  const text = useDebounced(typed.trim(), 200);
  const { data, isPlaceholderData, isFetching } = useQuery(previewQuery(text));
  if (!typed.trim()) return null;
  const settled = text === typed.trim() && !isFetching;
  const meant = settled && data && !isPlaceholderData && !data.record && data.confidence >= sure ? data : null;
  return meant?.understood
    ? { title: t("ask.entry", { text: meant.understood }), detail: meant.change ? t("ask.change") : undefined, understood: true, settled }
    : { title: t("ask.entry", { text: typed.trim() }), understood: false, settled };
}

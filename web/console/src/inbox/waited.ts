import { useSyncExternalStore } from "react";

/** One clock for everything that ticks. */
let time = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    time = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Now, second by second. */
export const useSeconds = () => useSyncExternalStore(subscribe, () => time);

/** How long somebody has waited, as short as it can be said: 4:05, then 3 hr, then 2 days. */
export function waited(since: string, now: number, language: string): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  const unit = (amount: number, of: string) => new Intl.NumberFormat(language, { style: "unit", unit: of, unitDisplay: "short" }).format(amount);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  if (seconds < 86_400) return unit(Math.floor(seconds / 3600), "hour");
  return unit(Math.floor(seconds / 86_400), "day");
}

import { useEffect, useEffectEvent } from "react";

/** Single-letter shortcuts can be turned off, for people who speak to their computer or press keys by accident. */
const setting = "parley.shortcuts";
export const shortcutsOn = () => localStorage.getItem(setting) !== "off";
export const turnShortcuts = (on: boolean) => { localStorage.setItem(setting, on ? "on" : "off"); };

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.closest("[role=dialog], [role=menu], [role=listbox]") !== null);

let prefix: { key: string; at: number } | null = null;

/** Runs on a key ("c"), or on two in a row ("g h"); never while typing or inside a dialog. */
export function useShortcut(keys: string, run: () => void, enabled = true) {
  const act = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return;
    const [first = "", second] = keys.split(" ");
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !shortcutsOn()) return;
      const waiting = prefix && Date.now() - prefix.at < 1200 ? prefix.key : null;
      const hit = second === undefined ? waiting === null && event.key === first : waiting === first && event.key === second;
      if (hit) {
        event.preventDefault();
        prefix = null;
        act();
      } else if (second !== undefined && waiting === null && event.key === first) {
        prefix = { key: first, at: Date.now() };
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [keys, enabled]);
}

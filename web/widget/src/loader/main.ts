import { startWidget, type ParleyApi } from "./widget";

declare global {
  interface Window {
    Parley?: ParleyApi;
  }
}

/** The element that loads this script; one that was put in by another script is found by its address. */
const script = document.currentScript ?? document.querySelector('script[data-widget][src*="/chat/widget.js"]');

function start(): void {
  if (window.Parley || !(script instanceof HTMLScriptElement)) return;
  const { widget, identity, language, position, colour } = script.dataset;
  if (!widget) return console.error("Parley: the script has no data-widget");
  window.Parley = startWidget({
    origin: new URL(script.src).origin,
    widget,
    language: language ?? (document.documentElement.lang || navigator.language),
    position: position === "left" ? "left" : "right",
    identity: identity ?? null,
    colour: colour ?? null,
  });
  dispatchEvent(new Event("parley:ready"));
}

// In the head the script may be here before the page has a body.
if (document.readyState === "loading" && !(document.body as HTMLElement | null)) addEventListener("DOMContentLoaded", start);
else start();

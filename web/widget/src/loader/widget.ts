import type { ToHost } from "../shared/bridge";
import { languageOf } from "../shared/language";
import { makeFrame, type Frame } from "./frame";
import { makeLauncher } from "./launcher";
import { memoryOf } from "./memory";
import { followKeyboard, makeSurface } from "./surface";
import { texts } from "./texts";

/** What pages may call: `Parley.open()` and so on. */
export interface ParleyApi {
  open: () => void;
  close: () => void;
  /** Says who is signed in on the host's site, by a token that the site's server has signed. */
  identify: (identity: string) => void;
  /** Forgets the visitor on this device, as when somebody signs out. */
  forget: () => void;
}

export interface Settings {
  /** Where Parley is: everything else is loaded from there. */
  origin: string;
  widget: string;
  /** The page's language tag, such as `de-CH`. */
  language: string;
  position: "left" | "right";
  identity: string | null;
  colour: string | null;
}

export function startWidget(settings: Settings): ParleyApi {
  const { origin, widget, language } = settings;
  const memory = memoryOf(widget);
  let identity = settings.identity;
  let frame: Frame | null = null;
  let isOpen = false;

  const launcher = makeLauncher(languageOf(language), () => (isOpen ? close() : open()));
  const place = makeSurface(settings.position, launcher.element);
  followKeyboard(place);
  launcher.colour(memory.get("colour") ?? settings.colour ?? "");

  function load(): Frame {
    if (frame) return frame;
    const address = new URL("/chat/frame", origin);
    address.search = new URLSearchParams({ widget, language }).toString();
    frame = makeFrame(address, texts[languageOf(language)].chat, hear);
    const page = location.origin + location.pathname + location.search;
    frame.tell({ type: "start", token: memory.get("token"), identity, page, open: isOpen });
    // Before the button, so that whoever tabs back from it comes into the panel.
    place.prepend(frame.element);
    return frame;
  }

  function show(open: boolean): void {
    isOpen = open;
    launcher.opened(open);
    const shown = load();
    shown.element.hidden = !open;
    if (open) shown.element.focus();
    shown.tell({ type: "shown", open, focus: open && !matchMedia("(pointer: coarse)").matches });
  }
  const open = () => show(true);
  function close(): void {
    if (!isOpen) return;
    show(false);
    launcher.focus();
  }

  function hear(message: ToHost): void {
    switch (message.type) {
      case "token":
        memory.set("token", message.token);
        break;
      case "colour":
        memory.set("colour", message.colour);
        launcher.colour(message.colour);
        break;
      case "unread":
        launcher.unread(message.count);
        break;
      case "close":
        close();
        break;
      case "forgotten":
        frame?.remove();
        frame = null;
        if (isOpen) show(true);
    }
  }

  // An answer may be waiting for somebody who was here before.
  if (memory.get("token")) load();

  return {
    open,
    close,
    identify: (signed) => {
      identity = signed;
      frame?.tell({ type: "identify", identity });
    },
    forget: () => {
      close();
      memory.clear();
      identity = null;
      launcher.unread(0);
      load().tell({ type: "forget" });
    },
  };
}

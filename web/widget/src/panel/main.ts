import "./panel.css";
import { directionOf, languageOf } from "../shared/language";
import type { ToFrame } from "../shared/bridge";
import { exchangeWith } from "./connection/exchange";
import { socketTo } from "./connection/socket";
import { keepFor } from "./conversation/keep";
import { Files } from "./files";
import { Host } from "./host";
import { Session } from "./session";
import { Sound } from "./sound";
import { wordsIn } from "./texts";
import { makePanel, type Panel } from "./view/panel";

const address = new URLSearchParams(location.search);
const widget = address.get("widget") ?? "";
const language = address.get("language") ?? navigator.language;
document.documentElement.lang = languageOf(language);
document.documentElement.dir = directionOf(language);

const chat = (path: string) => new URL(`/api/v1/chat/${path}`, location.href);
const ways = {
  socket: socketTo(chat("socket").href.replace(/^http/, "ws")),
  exchange: exchangeWith(chat("exchange").href),
};

const keep = keepFor(widget);
const words = wordsIn(language);
const sound = new Sound();
document.title = words.t("chat");

let session: Session | null = null;
let panel: Panel | null = null;
let open = false;
/** Whether the panel takes the focus as soon as it is there. */
let focus = false;
const isSeen = () => open && document.visibilityState === "visible";

const host = new Host((message) => {
  hear(message).catch((fault: unknown) => console.error(fault));
});

async function hear(message: ToFrame): Promise<void> {
  switch (message.type) {
    case "start":
      ({ open } = message);
      return start(message);
    case "shown":
      ({ open, focus } = message);
      if (open) panel?.opened(focus);
      session?.seen(isSeen());
      return;
    case "identify":
      session?.identify(message.identity);
      return;
    case "forget":
      await session?.forget();
      host.tell({ type: "forgotten" });
  }
}

async function start({ token, identity, page }: Extract<ToFrame, { type: "start" }>): Promise<void> {
  if (session) return;
  session = new Session({ widget, language, page, token, identity }, ways, keep, {
    changed: () => panel?.update(),
    token: (fresh) => host.tell({ type: "token", token: fresh }),
    colour: (colour) => host.tell({ type: "colour", colour }),
    unread: (count) => host.tell({ type: "unread", count }),
    news: () => {
      if (!isSeen() || !document.hasFocus()) sound.play();
    },
  });
  sound.muted = (await keep.note("muted")) ?? false;
  panel = makePanel(session, new Files(widget, () => session?.caller.token ?? null), words, sound, () => host.tell({ type: "close" }));
  panel.update();
  if (open) panel.opened(focus);
  await session.start();
  session.seen(isSeen());
  watchThePage(session);
}

function watchThePage(started: Session): void {
  addEventListener("online", started.nudge);
  addEventListener("online", () => panel?.update());
  addEventListener("offline", () => panel?.update());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") started.nudge();
    started.seen(isSeen());
  });
}

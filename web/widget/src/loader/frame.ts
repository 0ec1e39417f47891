import { sealed, unsealedToHost, type ToFrame, type ToHost } from "../shared/bridge";

export interface Frame {
  element: HTMLIFrameElement;
  tell: (message: ToFrame) => void;
  remove: () => void;
}

/** The panel's page in a frame. What it is told before it has loaded waits until then. */
export function makeFrame(address: URL, title: string, hear: (message: ToHost) => void): Frame {
  const element = document.createElement("iframe");
  element.title = title;
  element.hidden = true;
  // The sound of a new message is started by the frame, after a click on the page.
  element.allow = "autoplay; clipboard-write";
  const waiting: ToFrame[] = [];
  let loaded = false;

  const post = (message: ToFrame) => element.contentWindow?.postMessage(sealed(message), address.origin);
  const listen = (event: MessageEvent) => {
    if (event.origin !== address.origin || event.source !== element.contentWindow) return;
    const message = unsealedToHost(event.data);
    if (message) hear(message);
  };
  element.addEventListener("load", () => {
    loaded = true;
    waiting.splice(0).forEach(post);
  });
  addEventListener("message", listen);
  element.src = address.href;
  return {
    element,
    tell: (message) => {
      if (loaded) post(message);
      else waiting.push(message);
    },
    remove: () => {
      removeEventListener("message", listen);
      element.remove();
    },
  };
}

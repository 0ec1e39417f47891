import style from "./style.css?inline";

/** A place on the host's page that neither its styles nor its scripts reach into. */
export function makeSurface(position: "left" | "right", ...children: Element[]): HTMLElement {
  const host = document.createElement("parley-chat");
  const root = host.attachShadow({ mode: "closed" });
  // Not a style element: a page may forbid those by its content security policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const place = root.appendChild(document.createElement("div"));
  place.className = position;
  place.append(...children);
  document.body.append(host);
  return place;
}

/** Keeps the frame on the part of a phone's screen that its keyboard leaves free. */
export function followKeyboard(element: HTMLElement): void {
  const view = window.visualViewport;
  if (!view) return;
  const follow = () => {
    // Who enlarges the page wants the panel larger as well.
    if (view.scale > 1.01) return;
    element.style.setProperty("--top", `${view.offsetTop}px`);
    element.style.setProperty("--height", `${view.height}px`);
  };
  view.addEventListener("resize", follow);
  view.addEventListener("scroll", follow);
  follow();
}

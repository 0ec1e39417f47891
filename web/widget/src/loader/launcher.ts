import { plain, textOn } from "../shared/colour";
import type { Language } from "../shared/language";
import { texts } from "./texts";

export interface Launcher {
  element: HTMLElement;
  opened: (open: boolean) => void;
  unread: (count: number) => void;
  colour: (colour: string) => void;
  focus: () => void;
}

const bubble = "M5 4h14a3 3 0 0 1 3 3v8a3 3 0 0 1-3 3h-7l-5 4v-4H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z";
const down = "m6 9 6 6 6-6";

function drawing(path: string, name: string): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", name);
  const line = svg.appendChild(document.createElementNS(space, "path"));
  line.setAttribute("d", path);
  return svg;
}

/** The round button in the corner of the host's page. */
export function makeLauncher(language: Language, press: () => void): Launcher {
  const words = texts[language];
  const plural = new Intl.PluralRules(language);
  const element = document.createElement("button");
  const badge = document.createElement("span");
  element.type = "button";
  badge.className = "badge";
  badge.setAttribute("aria-hidden", "true");
  element.append(drawing(bubble, "bubble"), drawing(down, "down"), badge);
  element.addEventListener("click", press);

  let isOpen = false;
  let count = 0;
  const label = () => {
    const [one = "", many = one] = words.unread.split("|");
    const news = count ? `, ${(plural.select(count) === "one" ? one : many).replace("{count}", String(count))}` : "";
    element.setAttribute("aria-label", isOpen ? words.close : words.open + news);
    element.setAttribute("aria-expanded", String(isOpen));
    badge.textContent = count > 9 ? "9+" : String(count);
    badge.hidden = isOpen || !count;
  };
  label();
  return {
    element,
    opened: (open) => { isOpen = open; label(); },
    unread: (unread) => { count = unread; label(); },
    colour: (colour) => {
      element.style.setProperty("--accent", plain(colour));
      element.style.setProperty("--on-accent", textOn(colour));
    },
    focus: () => element.focus(),
  };
}

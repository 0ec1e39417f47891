import type { Author } from "../protocol";
import { h } from "./dom";
import { icon } from "./icons";
import { webAddress } from "./links";

/** The first letters of the first and the last name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => Array.from(word ?? "")[0] ?? "").join("").toUpperCase();
}

/** A picture of who speaks, or their initials; beside the name, so that it need not be read out. */
export function face({ kind, name, picture }: Author): HTMLElement {
  const stand = () => (kind === "agent" && name ? initials(name) : icon("bot"));
  const address = picture && webAddress(picture, location.origin);
  const element = h("span", { class: "face", "aria-hidden": "true" }, stand());
  if (address) {
    const image = h("img", { src: address, alt: "" });
    image.addEventListener("load", () => element.replaceChildren(image));
  }
  return element;
}

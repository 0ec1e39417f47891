import type { Author } from "../protocol";
import type { Session } from "../session";
import type { TextKey, Translate } from "../texts";
import { h, setText } from "./dom";
import { face } from "./face";
import { icon } from "./icons";

const states: Record<string, TextKey> = {
  bot: "bot",
  handoff_requested: "waiting",
  queued: "waiting",
  human: "human",
  resolved: "resolved",
  offline: "away",
};

/** Who answers, and what has become of the request. */
export class Header {
  readonly element: HTMLElement;
  private readonly name = h("h1");
  private readonly state = h("p");
  private readonly ticket = h("p", { class: "ticket" });
  private picture = h("span");
  private shown = "";

  constructor(
    private readonly t: Translate,
    sound: HTMLElement,
    close: () => void,
  ) {
    const closeButton = h("button", { type: "button", class: "quiet", "aria-label": t("close"), onclick: close }, icon("close"));
    this.element = h("header", {}, this.picture, h("div", { class: "titles" }, this.name, h("div", { role: "status" }, this.state, this.ticket)), sound, closeButton);
  }

  update({ widget, conversation }: Session): void {
    const agent = conversation?.state === "human" ? conversation.agent : null;
    setText(this.name, agent?.name ?? widget?.name ?? this.t("chat"));
    setText(this.state, widget ? this.t(states[conversation?.state ?? "bot"] ?? "bot") : "");
    setText(this.ticket, conversation?.ticket ? this.t("ticket", { ticket: conversation.ticket }) : "");
    this.show(agent ? { kind: "agent", ...agent } : { kind: "bot", name: widget?.name ?? null, picture: null });
  }

  private show(author: Author): void {
    const now = JSON.stringify(author);
    if (now === this.shown) return;
    this.shown = now;
    const picture = face(author);
    this.picture.replaceWith(picture);
    this.picture = picture;
  }
}

/** Turns the sound on and off, and remembers it. */
export function soundButton(t: Translate, muted: boolean, toggled: (muted: boolean) => void): HTMLButtonElement {
  const button = h("button", { type: "button", class: "quiet" });
  const show = () => {
    button.setAttribute("aria-label", t(muted ? "soundOn" : "soundOff"));
    button.replaceChildren(icon(muted ? "mute" : "sound"));
  };
  button.addEventListener("click", () => {
    muted = !muted;
    show();
    toggled(muted);
  });
  show();
  return button;
}

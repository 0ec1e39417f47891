import type { Entry } from "../conversation/transcript";
import type { Context } from "./context";
import { h, type Child } from "./dom";
import { icon } from "./icons";

/** Quick replies: buttons for as long as they can be used, then words. */
export function choicesView({ message, live }: Entry, { session, toComposer }: Context): HTMLElement | null {
  if (!message?.choices.length) return null;
  const choose = (label: string, value: string) => {
    session.say(label, [], { message: message.sequence, value });
    toComposer();
  };
  const choices = message.choices.map(({ label, value }): Child => {
    if (live) return h("button", { type: "button", class: "choice", onclick: () => choose(label, value) }, label);
    return h("li", { class: value === message.chosen ? "chosen" : "past" }, value === message.chosen ? icon("tick") : null, label);
  });
  return h(live ? "div" : "ul", { class: "choices", ...(live ? { role: "group" } : {}) }, ...choices);
}

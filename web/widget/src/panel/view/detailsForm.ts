import type { Entry } from "../conversation/transcript";
import { textOf, type Details } from "../protocol";
import type { TextKey } from "../texts";
import type { Context } from "./context";
import { h, setText } from "./dom";

interface Field {
  name: "name" | "email";
  input: HTMLInputElement;
  element: HTMLElement;
  /** Says what is wrong with it; true when nothing is. */
  check: () => boolean;
}

/** Asks for name and address. What was refused comes back with what had been filled in. */
export function detailsForm({ message, live }: Entry, context: Context): HTMLElement | null {
  if (!message?.form || !live) return null;
  const { session, words, toComposer } = context;
  const { sequence, form } = message;
  const refused = session.outbox.items.find(({ frame, refusal }) => refusal && frame.type === "details" && frame.message === sequence);
  const given = refused?.frame as Details | undefined;
  const fields = form.fields.map((name) => detailsField(name, given?.[name] ?? session.visitor?.[name] ?? "", `${name}-${sequence}`, words.t));

  const give = (details: { name: string | null; email: string | null } | null) => {
    if (refused) session.outbox.discard(refused.id);
    session.giveDetails(sequence, details);
    toComposer();
  };
  const value = (wanted: Field["name"]) => fields.find(({ name }) => name === wanted)?.input.value.trim() ?? null;
  const submit = (event: Event) => {
    event.preventDefault();
    const wrong = fields.filter((field) => !field.check());
    if (wrong[0]) wrong[0].input.focus();
    else give({ name: value("name"), email: value("email") });
  };
  return h("form", { class: "card details", novalidate: true, onsubmit: submit },
    ...fields.map(({ element }) => element),
    refused?.refusal ? h("p", { class: "fault", role: "alert" }, textOf(refused.refusal)) : null,
    h("div", { class: "row" },
      h("button", { type: "submit", class: "main" }, words.t("send")),
      h("button", { type: "button", class: "text", onclick: () => give(null) }, words.t("skip"))));
}

function detailsField(name: Field["name"], value: string, id: string, t: (key: TextKey) => string): Field {
  const input = h("input", { id, name, type: name === "email" ? "email" : "text", autocomplete: name, value, required: true, maxlength: 200, "aria-describedby": `${id}-fault`, dir: name === "email" ? "ltr" : "auto" });
  const fault = h("p", { id: `${id}-fault`, class: "fault", role: "alert" });
  const check = () => {
    const missing = !input.value.trim();
    const valid = !missing && input.checkValidity();
    input.setAttribute("aria-invalid", String(!valid));
    setText(fault, valid ? "" : t(missing ? "missing" : "emailWrong"));
    return valid;
  };
  // Once something was wrong it is said as soon as it is right.
  input.addEventListener("input", () => { if (fault.textContent) check(); });
  return { name, input, check, element: h("div", { class: "field" }, h("label", { for: id }, t(name)), input, fault) };
}

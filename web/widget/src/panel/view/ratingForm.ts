import type { Entry } from "../conversation/transcript";
import type { Context } from "./context";
import { h } from "./dom";
import { icon } from "./icons";

const most = 5;

/** One to five stars, and what the visitor would like to say of it. */
export function ratingForm({ rating, key }: Entry, { session, words: { t }, toComposer }: Context): HTMLElement | null {
  if (rating === null) return null;
  if (rating !== "ask") return h("p", { class: "card rated" }, ...stars(rating), t("rated", { count: rating }));
  const comment = h("textarea", { id: `comment-${key}`, rows: 2, maxlength: 2000, dir: "auto" });
  const more = h("div", { class: "more", hidden: true },
    h("label", { for: comment.id }, t("comment")), comment,
    h("button", { type: "submit", class: "main" }, t("rate")));
  let given = 0;
  const choices = Array.from({ length: most }, (_, index) => index + 1).map((count) => {
    const input = h("input", { type: "radio", name: `rating-${key}`, value: count, class: "spoken", "aria-label": t("stars", { count }) });
    input.addEventListener("change", () => {
      given = count;
      more.hidden = false;
      show(count);
      more.scrollIntoView({ block: "nearest" });
    });
    const label = h("label", { class: "star", title: t("stars", { count }) }, input, icon("star"));
    label.addEventListener("pointerenter", () => show(count));
    return label;
  });
  const show = (count: number) => choices.forEach((choice, index) => choice.classList.toggle("lit", index < count));
  const row = h("div", { class: "stars" }, ...choices);
  row.addEventListener("pointerleave", () => show(given));
  const submit = (event: Event) => {
    event.preventDefault();
    if (!given) return;
    session.rate(given, comment.value.trim() || null);
    toComposer();
  };
  return h("form", { class: "card rating", onsubmit: submit }, h("fieldset", {}, h("legend", {}, t("rating")), row), more);
}

const stars = (count: number) => [h("span", { class: "stars", "aria-hidden": "true" }, ...Array.from({ length: most }, (_, index) => {
  const star = icon("star");
  star.classList.toggle("lit", index < count);
  return star;
}))];

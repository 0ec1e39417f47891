import type { Delivery, Entry } from "../conversation/transcript";
import { textOf, type Citation } from "../protocol";
import type { TextKey } from "../texts";
import { attachmentView } from "./attachment";
import { choicesView } from "./choices";
import type { Context } from "./context";
import { detailsForm } from "./detailsForm";
import { h, setText, spoken } from "./dom";
import { face } from "./face";
import { icon } from "./icons";
import { webAddress, withLinks } from "./links";
import { ratingForm } from "./ratingForm";

const deliveries: Record<Delivery, { picture: Parameters<typeof icon>[0]; text: TextKey }> = {
  waiting: { picture: "clock", text: "statusWaiting" },
  sent: { picture: "tick", text: "statusSent" },
  read: { picture: "ticks", text: "statusRead" },
  refused: { picture: "alert", text: "statusRefused" },
};

/** How a message stands to the one before it. */
export interface Place {
  /** The first of several by the same author. */
  first: boolean;
  /** The day, where another one begins. */
  day: string | null;
}

/** One message. What was said stays as it is; only what comes after it is made anew. */
export class MessageView {
  readonly element: HTMLElement;
  readonly text: string;
  private readonly day = h("p", { class: "day" });
  private readonly asked = h("div", { class: "asked" });
  private readonly foot = h("div", { class: "foot", "aria-live": "off" });
  private readonly fault = h("div", { class: "refusal" });
  private shown = "";

  constructor(
    entry: Entry,
    private readonly context: Context,
  ) {
    const { author } = entry;
    this.text = entry.text;
    const { t } = context.words;
    const said = author.kind === "bot" ? t("assistant") : t("colleague");
    const who = author.kind === "visitor" ? spoken(`${t("you")}: `) : h("p", { class: "who" }, author.name ?? said);
    this.element = h("div", { class: `entry ${author.kind}` },
      this.day,
      author.kind === "agent" || author.kind === "bot" ? face(author) : null,
      h("div", { class: "said" },
        author.kind === "system" ? null : who,
        entry.text || entry.citation ? h("div", { class: "bubble" }, h("p", { dir: "auto" }, ...withLinks(entry.text)), entry.citation && citationView(entry.citation, context)) : null,
        ...entry.attachments.map((attachment) => attachmentView(attachment, context)),
        this.asked, this.fault, this.foot));
  }

  update(entry: Entry, place: Place): void {
    this.element.classList.toggle("first", place.first);
    setText(this.day, place.day ?? "");
    this.day.hidden = !place.day;
    const { live, rating, delivery, refusal, message } = entry;
    const details = this.context.session.outbox.items.filter(({ frame }) => frame.type === "details").map(({ id, refusal: why }) => [id, why]);
    const now = JSON.stringify([live, rating, delivery, refusal, message?.chosen, message?.form && details]);
    if (now === this.shown) return;
    this.shown = now;
    this.asked.replaceChildren(...[choicesView(entry, this.context), detailsForm(entry, this.context), ratingForm(entry, this.context)].filter((part) => part !== null));
    this.showFault(entry);
    this.showFoot(entry);
  }

  private showFoot({ at, delivery }: Entry): void {
    const { t, time } = this.context.words;
    const state = delivery && deliveries[delivery];
    this.foot.replaceChildren(h("time", { datetime: at }, time(at)), ...(state ? [h("span", { class: delivery, title: t(state.text) }, icon(state.picture), spoken(t(state.text)))] : []));
  }

  private showFault({ key, text, refusal }: Entry): void {
    if (!refusal) return this.fault.replaceChildren();
    const { session, words: { t }, putBack } = this.context;
    const edit = () => {
      session.outbox.discard(key);
      putBack(text);
    };
    this.fault.replaceChildren(
      h("p", { class: "fault", role: "alert" }, textOf(refusal)),
      h("button", { type: "button", class: "text", onclick: () => session.outbox.retry(key) }, t("tryAgain")),
      h("button", { type: "button", class: "text", onclick: edit }, t("edit")));
  }
}

/** Where the answer stands: the article, and the part of it. */
function citationView({ title, heading, url }: Citation, { words: { t } }: Context): HTMLElement | null {
  const address = webAddress(url, location.origin);
  const place = heading && heading !== title ? `${title} › ${heading}` : title;
  const text = h("span", {}, t("source", { title: place }));
  if (!address) return h("p", { class: "citation" }, icon("page"), text);
  return h("a", { class: "citation", href: address, target: "_blank", rel: "noopener" }, icon("page"), text, spoken(` (${t("newWindow")})`));
}

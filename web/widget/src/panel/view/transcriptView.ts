import type { Entry } from "../conversation/transcript";
import type { Author } from "../protocol";
import type { Context } from "./context";
import { h, setText } from "./dom";
import { face } from "./face";
import { icon } from "./icons";
import { MessageView } from "./messageView";

/** Messages of one author that lie no further apart are shown as one turn. */
const turn = 5 * 60_000;
/** Pixels from the end that still count as being there. */
const nearly = 60;

/** All that was said, kept at its end while the reader is there. */
export class TranscriptView {
  readonly element: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly log: HTMLElement;
  private readonly welcome = h("p", { class: "welcome", dir: "auto", hidden: true });
  private readonly typing = h("div", { class: "typing", hidden: true });
  private readonly newest: HTMLButtonElement;
  private readonly views = new Map<string, MessageView>();
  private atEnd = true;
  private typist = "";

  constructor(private readonly context: Context) {
    const { t } = context.words;
    this.log = h("div", { role: "log", "aria-label": t("transcript"), "aria-live": "off" });
    this.scroller = h("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": t("transcript") }, this.welcome, this.log, this.typing);
    this.newest = h("button", { type: "button", class: "newest", hidden: true, onclick: () => this.toEnd() }, icon("down"), t("newest"));
    this.element = h("main", {}, this.scroller, this.newest);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Pictures, the keyboard and a larger composer change what fits.
    const sizes = new ResizeObserver(() => this.stay());
    for (const watched of [this.scroller, this.log, this.typing]) sizes.observe(watched);
  }

  update(): void {
    const { session } = this.context;
    setText(this.welcome, session.widget ? session.widget.welcome || this.context.words.t("welcome") : "");
    this.welcome.hidden = !this.welcome.textContent;
    const entries = session.entries();
    const before = this.log.lastElementChild;
    this.place(entries);
    this.showTyping(session.typing.author);
    const last = entries.at(-1);
    if (this.log.lastElementChild !== before && last) {
      if (last.author.kind === "visitor") this.atEnd = true;
      else if (!this.atEnd) this.newest.hidden = false;
    }
    this.stay();
  }

  /** From now on what comes is read out: the past is not. */
  announce(): void {
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 500);
  }

  toEnd(): void {
    this.atEnd = true;
    this.stay();
  }

  private place(entries: Entry[]): void {
    const keys = new Set(entries.map(({ key }) => key));
    for (const [key, view] of this.views) {
      if (keys.has(key)) continue;
      view.element.remove();
      this.views.delete(key);
    }
    entries.forEach((entry, index) => {
      const kept = this.views.get(entry.key);
      // What is not stored as it was typed (a one-time code) is not left to be read.
      if (kept && kept.text !== entry.text) kept.element.remove();
      const view = kept?.text === entry.text ? kept : new MessageView(entry, this.context);
      this.views.set(entry.key, view);
      const previous = entries[index - 1];
      const day = this.context.words.day(entry.at);
      view.update(entry, { first: !previous || !sameTurn(previous, entry), day: !previous || this.context.words.day(previous.at) !== day ? day : null });
      // What stands where it belongs is not touched: it may hold the focus.
      const there = this.log.children[index];
      if (there !== view.element) this.log.insertBefore(view.element, there ?? null);
    });
  }

  private showTyping(author: Author | null): void {
    this.typing.hidden = !author;
    const now = author ? `${author.kind} ${author.name ?? ""}` : "";
    if (now === this.typist) return;
    this.typist = now;
    const { t } = this.context.words;
    const text = author?.name ? t("typing", { name: author.name }) : t("typingSomebody");
    this.typing.replaceChildren(...(author ? [face(author), h("span", { class: "dots", role: "img", "aria-label": text, title: text }, h("i"), h("i"), h("i"))] : []));
  }

  private scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.atEnd = scrollHeight - scrollTop - clientHeight < nearly;
    if (this.atEnd) this.newest.hidden = true;
  }

  /** At the end, unless the last message is so long that its beginning would be out of sight. */
  private stay(): void {
    if (!this.atEnd) return;
    this.newest.hidden = true;
    const last = this.log.lastElementChild;
    const { scrollHeight, clientHeight } = this.scroller;
    const begins = last instanceof HTMLElement ? last.offsetTop : scrollHeight;
    this.scroller.scrollTop = Math.min(scrollHeight - clientHeight, begins);
  }
}

function sameTurn(one: Entry, other: Entry): boolean {
  const near = Math.abs(Date.parse(other.at) - Date.parse(one.at)) < turn;
  return near && one.author.kind === other.author.kind && one.author.name === other.author.name;
}

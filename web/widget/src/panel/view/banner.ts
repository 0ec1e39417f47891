import { textOf } from "../protocol";
import type { Session } from "../session";
import type { Translate } from "../texts";
import { h, setText } from "./dom";

/** Milliseconds in which a connection may come back unnoticed. */
const grace = 1_500;

/** A line above the composer about the connection, or about a refusal that belongs to no message. */
export class Banner {
  readonly element = h("div", { class: "banner", role: "status" });
  private readonly line = h("p");
  private readonly again: HTMLButtonElement;
  private lostSince = 0;

  constructor(
    private readonly t: Translate,
    private readonly session: Session,
  ) {
    this.again = h("button", { type: "button", class: "text", onclick: session.connect }, t("tryAgain"));
    this.element.append(this.line);
  }

  update(): void {
    const { status } = this.session;
    if (status === "ready" || status === "refused") this.lostSince = 0;
    else if (!this.lostSince) {
      this.lostSince = Date.now();
      // A short loss is nobody's concern.
      setTimeout(() => this.update(), grace);
    }
    const text = this.text();
    setText(this.line, text);
    this.element.hidden = !text;
    if (status === "refused") this.element.append(this.again);
    else this.again.remove();
  }

  private text(): string {
    const { status, refusal, notice, widget } = this.session;
    if (status === "refused") return [this.t("refused"), refusal && textOf(refusal)].filter(Boolean).join(" ");
    if (status === "ready" && navigator.onLine) return notice ? textOf(notice) : "";
    if (navigator.onLine && Date.now() - this.lostSince < grace) return "";
    return widget || !navigator.onLine || status === "lost" ? this.t("offline") : this.t("connecting");
  }
}

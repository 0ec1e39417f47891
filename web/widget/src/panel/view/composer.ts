import type { Context } from "./context";
import { h, setText } from "./dom";
import { FileTray } from "./fileTray";
import { icon } from "./icons";

/** Where the visitor writes. It is never made anew, so it keeps the focus whatever arrives. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly field: HTMLTextAreaElement;
  private readonly send: HTMLButtonElement;
  private readonly excess = h("p", { class: "fault", role: "status" });
  private readonly picker = h("input", { type: "file", multiple: true, hidden: true, tabindex: -1 });
  private readonly tray: FileTray;

  constructor(private readonly context: Context) {
    const { t } = context.words;
    this.tray = new FileTray(context, () => this.show());
    this.field = h("textarea", { id: "message", rows: 1, placeholder: t("write"), dir: "auto", enterkeyhint: "send", autocomplete: "off" });
    this.send = h("button", { type: "submit", class: "send", "aria-label": t("send") }, icon("send"));
    const attach = h("button", { type: "button", class: "quiet", "aria-label": t("attach"), onclick: () => this.pick() }, icon("clip"));
    this.element = h("form", { class: "composer", "aria-label": t("message"), onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.tray.element, this.excess,
      h("div", { class: "row" }, attach, this.picker, h("label", { for: "message", class: "spoken" }, t("message")), this.field, this.send));
    this.field.value = context.session.keep.draft();
    this.listen();
    this.show();
  }

  focus(): void {
    this.field.focus({ preventScroll: true });
  }

  /** Puts a text there to be changed, before what has been begun meanwhile. */
  putBack(text: string): void {
    this.field.value = [text, this.field.value].filter(Boolean).join("\n");
    this.show();
    this.focus();
    this.context.session.keep.setDraft(this.field.value);
  }

  update(): void {
    this.element.classList.toggle("off", this.context.session.status === "refused");
    this.show();
  }

  private listen(): void {
    const { session } = this.context;
    this.field.addEventListener("input", () => {
      this.show();
      session.ownTyping.typed(this.field.value);
      session.keep.setDraft(this.field.value);
    });
    this.field.addEventListener("keydown", (event) => {
      // Enter may also choose a word in an input method.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    // A phone's keyboard stays open.
    this.send.addEventListener("pointerdown", (event) => event.preventDefault());
    this.picker.addEventListener("change", () => {
      this.tray.add(this.picker.files ?? []);
      this.picker.value = "";
      this.focus();
    });
    this.field.addEventListener("paste", (event) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      this.tray.add(files);
    });
  }

  /** Files that were dropped somewhere on the panel. */
  take(files: Iterable<File>): void {
    this.tray.add(files);
  }

  private pick(): void {
    this.picker.accept = this.context.session.limits.file_types.join(",");
    this.picker.click();
  }

  private submit(): void {
    const { session } = this.context;
    if (!this.sendable()) return;
    session.say(this.field.value.trim(), this.tray.stored);
    this.field.value = "";
    session.keep.setDraft("");
    this.tray.sent();
    this.show();
    this.focus();
  }

  private tooLong(): number {
    return Array.from(this.field.value.trim()).length - this.context.session.limits.text;
  }
  private sendable(): boolean {
    const something = this.field.value.trim() !== "" || this.tray.stored.length > 0;
    return something && !this.tray.uploading && this.tooLong() <= 0 && this.context.session.status !== "refused";
  }

  private show(): void {
    const count = this.tooLong();
    setText(this.excess, count > 0 ? this.context.words.t("tooLong", { count }) : "");
    // Not disabled, which would take the focus from whoever is on it.
    this.send.setAttribute("aria-disabled", String(!this.sendable()));
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }
}

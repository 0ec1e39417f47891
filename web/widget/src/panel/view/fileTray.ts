import { FileRefused } from "../files";
import { textOf, type Attachment } from "../protocol";
import type { Context } from "./context";
import { h, setText } from "./dom";
import { icon } from "./icons";

interface Chosen {
  file: File;
  state: "uploading" | "stored" | "failed";
  attachment: Attachment | null;
  element: HTMLElement;
}

/** Files that were chosen for the next message, each with what became of it. */
export class FileTray {
  readonly element = h("ul", { class: "tray", hidden: true });
  private chosen: Chosen[] = [];

  constructor(
    private readonly context: Context,
    private readonly changed: () => void,
  ) {}

  get uploading(): boolean {
    return this.chosen.some(({ state }) => state === "uploading");
  }
  get stored(): Attachment[] {
    return this.chosen.flatMap(({ attachment }) => attachment ?? []);
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const chosen: Chosen = { file, state: "uploading", attachment: null, element: h("li") };
      this.chosen.push(chosen);
      this.element.append(chosen.element);
      void this.upload(chosen);
    }
  }

  /** Their message is on its way. Those that failed stay. */
  sent(): void {
    for (const chosen of this.chosen.filter(({ attachment }) => attachment)) this.remove(chosen);
  }

  private async upload(chosen: Chosen): Promise<void> {
    chosen.state = "uploading";
    this.show(chosen, this.context.words.t("uploading"));
    try {
      chosen.attachment = await this.context.files.upload(chosen.file, this.context.session.limits);
      chosen.state = "stored";
      this.show(chosen, this.context.words.size(chosen.file.size));
    } catch (fault) {
      chosen.state = "failed";
      this.show(chosen, this.reason(fault), fault instanceof FileRefused && fault.fault === "failed");
    }
  }

  private reason(fault: unknown): string {
    const { words: { t, size }, session } = this.context;
    if (!(fault instanceof FileRefused)) return t("fileFailed");
    if (fault.fault === "too_large") return t("fileTooLarge", { size: size(session.limits.file_bytes) });
    if (fault.fault === "type") return t("fileType");
    return fault.refusal ? textOf(fault.refusal) : t("fileFailed");
  }

  private show(chosen: Chosen, text: string, again = false): void {
    const { t } = this.context.words;
    const { name } = chosen.file;
    const status = h("span", { class: chosen.state === "failed" ? "fault" : "bytes", role: "status" });
    chosen.element.replaceChildren(
      icon("file"), h("span", { class: "name", title: name }, name), status,
      ...(again ? [h("button", { type: "button", class: "text", onclick: () => void this.upload(chosen) }, t("tryAgain"))] : []),
      h("button", { type: "button", class: "quiet", "aria-label": t("remove", { name }), onclick: () => this.dismiss(chosen) }, icon("close")));
    setText(status, text);
    this.element.hidden = false;
    this.changed();
  }

  private dismiss(chosen: Chosen): void {
    this.remove(chosen);
    this.context.toComposer();
  }

  private remove(chosen: Chosen): void {
    this.chosen = this.chosen.filter((other) => other !== chosen);
    chosen.element.remove();
    this.element.hidden = !this.chosen.length;
    this.changed();
  }
}

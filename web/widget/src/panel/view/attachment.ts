import { isPicture } from "../files";
import type { Attachment } from "../protocol";
import type { Context } from "./context";
import { h } from "./dom";
import { icon } from "./icons";

/** A file of a message: a picture to look at, or a name to save it by. */
export function attachmentView(attachment: Attachment, { files, words }: Context): HTMLElement {
  const { name, bytes } = attachment;
  const label = words.t("download", { name });
  const button = h("button", { type: "button", class: "file", "aria-label": label, title: name },
    icon("file"), h("span", { class: "name" }, name), h("span", { class: "bytes" }, words.size(bytes)));
  button.addEventListener("click", () => {
    button.classList.remove("failed");
    files.save(attachment).catch(() => button.classList.add("failed"));
  });
  if (isPicture(attachment)) {
    files.picture(attachment).then((address) => {
      button.classList.add("picture");
      button.replaceChildren(h("img", { src: address, alt: name }));
    }, () => undefined); // Then its name stays to be clicked.
  }
  return button;
}

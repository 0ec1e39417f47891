import { refusalOf } from "./connection/way";
import type { Attachment, Limits, Refusal } from "./protocol";

const place = "/api/v1/chat/files";
/** Shown as pictures. Others, SVG among them, could carry scripts into a page of Parley's own origin. */
const pictures = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];
export const isPicture = ({ media_type }: Attachment) => pictures.includes(media_type);

export type FileFault = "too_large" | "type" | "failed";
export class FileRefused extends Error {
  constructor(
    readonly fault: FileFault,
    readonly refusal: Refusal | null = null,
  ) {
    super(fault);
  }
}

/** The conversation's files. They are behind the visitor's token, so no plain link leads to them. */
export class Files {
  private readonly fetched = new Map<string, Promise<string>>();

  constructor(
    private readonly widget: string,
    private readonly token: () => string | null,
  ) {}

  async upload(file: File, limits: Limits): Promise<Attachment> {
    if (file.size > limits.file_bytes) throw new FileRefused("too_large");
    const body = new FormData();
    body.append("file", file);
    const answer = await fetch(place, { method: "POST", headers: this.headers(), body }).catch(() => null);
    if (!answer) throw new FileRefused("failed");
    // What kind of file it is the server sees from what is in it: systems name kinds differently.
    if (answer.status === 413) throw new FileRefused("too_large");
    if (answer.status === 415) throw new FileRefused("type");
    if (!answer.ok) throw new FileRefused("failed", await refusalOf(answer));
    const stored = (await answer.json()) as Omit<Attachment, "url">;
    return { ...stored, url: `${place}/${stored.id}` };
  }

  /** An address within this page that shows a picture. */
  picture(attachment: Attachment): Promise<string> {
    const known = this.fetched.get(attachment.id);
    if (known) return known;
    const address = this.fetch(attachment).then((blob) => URL.createObjectURL(blob));
    this.fetched.set(attachment.id, address);
    address.catch(() => this.fetched.delete(attachment.id));
    return address;
  }

  async save(attachment: Attachment): Promise<void> {
    const link = document.createElement("a");
    const address = URL.createObjectURL(await this.fetch(attachment));
    link.href = address;
    link.download = attachment.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  private async fetch(attachment: Attachment): Promise<Blob> {
    const url = new URL(attachment.url, location.origin);
    // The token is for Parley alone.
    if (url.origin !== location.origin) throw new FileRefused("failed");
    const answer = await fetch(url, { headers: this.headers() });
    if (!answer.ok) throw new FileRefused("failed");
    return new Blob([await answer.arrayBuffer()], { type: isPicture(attachment) ? attachment.media_type : "application/octet-stream" });
  }

  private headers(): Record<string, string> {
    // Who has said nothing yet is known by the widget that they sit before.
    return { authorization: `Bearer ${this.token() ?? ""}`, "x-parley-widget": this.widget };
  }
}

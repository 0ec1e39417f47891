import { Problem } from "../api/client";
import type { Translate } from "../i18n";

/** What to tell a person about a failure: the server's own words where there are any. */
export function problemText(error: unknown, t: Translate): string {
  if (!(error instanceof Problem)) return t("error.unexpected");
  if (error.code === "offline") return t("error.offline");
  const { detail, title, hint, errors } = error.doc;
  const fields = errors?.map((problem) => problem.message).join(" ");
  const text = fields || detail || title || t("error.unexpected");
  return hint && !text.includes(hint) ? `${text} ${hint}` : text;
}

export const isGone = (error: unknown) => error instanceof Problem && error.status === 404;
export const isStale = (error: unknown): error is Problem => error instanceof Problem && error.status === 412;
export const isInvalid = (error: unknown): error is Problem => error instanceof Problem && error.status === 422;

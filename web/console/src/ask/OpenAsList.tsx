import { useObject } from "../api/schema";
import { ButtonLink } from "../ui/links";
import { useAskText } from "./texts";
import type { Answer } from "./types";

/** The list page of what a question was about, with the same conditions and order. */
export function OpenAsList({ answer: { object: name, query, kind } }: { answer: Answer }) {
  const t = useAskText();
  const object = useObject(name ?? "");
  if (!object || !query) return null;
  const sort = kind === "records" && Array.isArray(query.sort) ? (query.sort) : undefined;
  return <ButtonLink to="/records/$object" params={{ object: object.name }} search={{ filter: query.filter ?? undefined, sort }} sx={{ justifySelf: "start" }}>{t("records.open")}</ButtonLink>;
}

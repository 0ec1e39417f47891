import { ButtonLink } from "../ui/links";
import { useAssistantText } from "./texts";

/** The way to the assistants' page, from pages beside it. */
export function AssistantsLink() {
  const t = useAssistantText();
  return <ButtonLink to="/assistants" variant="outlined">{t("assistants.title")}</ButtonLink>;
}

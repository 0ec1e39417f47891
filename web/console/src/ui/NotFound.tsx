import { useText } from "../i18n";
import { EmptyState } from "./EmptyState";
import { ButtonLink } from "./links";
import { PageHeader } from "./PageHeader";

export function NotFound() {
  const t = useText();
  return (
    <>
      <PageHeader title={t("notFound.title")} />
      <EmptyState title={t("notFound.text")}><ButtonLink variant="contained" to="/">{t("notFound.home")}</ButtonLink></EmptyState>
    </>
  );
}

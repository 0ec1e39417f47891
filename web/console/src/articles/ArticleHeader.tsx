import HistoryIcon from "@mui/icons-material/History";
import OpenIcon from "@mui/icons-material/OpenInNew";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useMe } from "../api/session";
import type { ObjectDef, RecordData } from "../api/types";
import { useLocale } from "../i18n";
import { nameOf } from "../records/columns";
import { Hidden } from "../ui/Hidden";
import { Link } from "../ui/links";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";
import { StatusChip } from "./StatusChip";
import { nextSteps, statusOf } from "./steps";
import { useArticleText } from "./texts";
import type { ArticleForm } from "./useArticleForm";
import type { useSaveArticle } from "./useSaveArticle";
import { countWords } from "./words";

interface ArticleHeaderProps { object: ObjectDef; article?: RecordData; form: ArticleForm; saving: ReturnType<typeof useSaveArticle>; onRevisions: () => void }

/** What the article is called, where it stands, and what can be done with it next. */
export function ArticleHeader({ object, article, form, saving, onRevisions }: ArticleHeaderProps) {
  const t = useArticleText();
  const { language } = useLocale();
  const { body, language: written } = form.values;
  const words = countWords(typeof body === "string" ? body : "", typeof written === "string" && written ? written : language);
  const state = form.dirty ? t(form.kept ? "article.unsaved" : "article.unkept") : t(article ? "article.saved" : "article.new.state");
  return (
    <PageHeader
      title={article ? nameOf(article) : t("article.new")} picture={<ObjectPicture object={object} size={40} />}
      subtitle={(
        <Box component="span" sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 1, rowGap: 0.5 }}>
          <Link to="/records/$object" params={{ object: object.name }} color="inherit">{object.plural_label}</Link>
          {article && <><StatusChip status={statusOf(article)} /><Link to="/records/$object/$id" params={{ object: object.name, id: article.id }} color="inherit">{t("article.record")}</Link></>}
          <span>{t("article.words", { count: words })}</span>
          <span role="status">{state}</span>
        </Box>
      )}
    >
      {article && <PublicLink article={article} />}
      {article && <Button startIcon={<HistoryIcon />} onClick={onRevisions} aria-haspopup="dialog">{t("revisions.open")}</Button>}
      {nextSteps(object, article).map((step) => (
        <Button key={step.action} variant={step.main ? "contained" : "outlined"} disabled={saving.pending} onClick={() => saving.save(step)}>{t(step.label)}</Button>
      ))}
      <Button variant={nextSteps(object, article).some(({ main }) => main) ? "outlined" : "contained"} loading={saving.pending} disabled={article !== undefined && !form.dirty} onClick={() => saving.save()} aria-keyshortcuts="Control+S">{t("action.save")}</Button>
    </PageHeader>
  );
}

/** Where customers read it, if they do; under the company's own address, as the short one is one company's only. */
export function PublicLink({ article }: { article: RecordData }) {
  const t = useArticleText();
  const { tenant } = useMe();
  const { status, visibility, slug } = article;
  if (status !== "published" || visibility !== "public" || typeof slug !== "string") return null;
  return <Button component="a" href={`/help/c/${encodeURIComponent(tenant.slug)}/${encodeURIComponent(slug)}`} target="_blank" rel="noopener" startIcon={<OpenIcon />}>{t("article.public")}<Hidden> ({t("article.newTab")})</Hidden></Button>;
}

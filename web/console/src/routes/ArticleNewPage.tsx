import { useSearch } from "@tanstack/react-router";
import { useObject } from "../api/schema";
import { ArticleEditor } from "../articles/ArticleEditor";
import { NotFound } from "../ui/NotFound";

/** A new article, perhaps begun with what is known already, as a question that lacks an answer. */
export function ArticleNewPage() {
  const object = useObject("article");
  const { values } = useSearch({ from: "/app/articles/new" });
  return object?.rights.create ? <ArticleEditor key={JSON.stringify(values)} object={object} given={values} /> : <NotFound />;
}

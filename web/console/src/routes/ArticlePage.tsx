import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { recordQuery } from "../api/records";
import { useObject } from "../api/schema";
import { ArticleEditor } from "../articles/ArticleEditor";
import { ArticleReader } from "../articles/ArticleReader";
import { mayWrite } from "../articles/steps";
import { NotFound } from "../ui/NotFound";
import { isGone } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

/** Where an article is written, checked and published. */
export function ArticlePage() {
  const { id } = useParams({ from: "/app/articles/$id" });
  const object = useObject("article");
  const query = useQuery({ ...recordQuery("article", id), enabled: object !== undefined });
  if (!object || isGone(query.error)) return <NotFound />;
  if (query.error && !query.data) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Waiting lines={12} />;
  return mayWrite(object, query.data) ? <ArticleEditor key={id} object={object} article={query.data} /> : <ArticleReader object={object} article={query.data} />;
}

import Button from "@mui/material/Button";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { recordsKey, updateRecord } from "../api/records";
import { useSchema } from "../api/schema";
import type { RecordData } from "../api/types";
import { useLocale } from "../i18n";
import { ButtonLink } from "../ui/links";
import { useReportProblem } from "../ui/notify";
import { articleOf, draftOf, isSolved, makeDraft, saidQuery } from "./ticket";
import { useArticleText } from "./texts";

/** Turns a solved ticket into a draft article, which the ticket remembers, and opens it. */
export default function ArticleOfTicket({ ticket }: { ticket: RecordData }) {
  const t = useArticleText();
  const { language } = useLocale();
  const schema = useSchema();
  const client = useQueryClient();
  const navigate = useNavigate();
  const report = useReportProblem();
  const make = useMutation({
    mutationFn: async () => {
      const said = schema.byName.get("message")?.rights.read ? (await client.query({ ...saidQuery(ticket.id), staleTime: 0 })).records : [];
      const spoken = language.split("-")[0]?.toLowerCase() ?? "en";
      return makeDraft(draftOf(ticket, said, spoken, { question: t("ticket.question"), answer: t("ticket.answer") }));
    },
    onSuccess: async (article) => {
      if (schema.byName.get("ticket")?.rights.update) {
        // Who changed the ticket meanwhile takes nothing from the article: it is there, only the way to it is not.
        await updateRecord("ticket", ticket.id, ticket.version, { article_id: article.id }).catch(report);
        void client.invalidateQueries({ queryKey: recordsKey("ticket") });
      }
      await navigate({ to: "/articles/$id", params: { id: article.id } });
      void client.invalidateQueries({ queryKey: recordsKey("article") });
    },
    onError: report,
  });
  const drafted = articleOf(ticket);
  if (drafted && !ticket.deleted_at) return <ButtonLink variant="outlined" to="/articles/$id" params={{ id: drafted }}>{t("ticket.open")}</ButtonLink>;
  if (!isSolved(ticket) || ticket.deleted_at || !schema.byName.get("article")?.rights.create) return null;
  return <Button variant="outlined" loading={make.isPending} onClick={() => make.mutate()}>{t("ticket.make")}</Button>;
}

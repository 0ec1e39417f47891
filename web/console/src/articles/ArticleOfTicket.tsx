import Button from "@mui/material/Button";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { recordsKey } from "../api/records";
import { useSchema } from "../api/schema";
import type { RecordData } from "../api/types";
import { useLocale } from "../i18n";
import { useReportProblem } from "../ui/notify";
import { draftOf, isSolved, makeDraft, saidQuery } from "./ticket";
import { useArticleText } from "./texts";

/** Turns a solved ticket into a draft article, and opens it. */
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
      await navigate({ to: "/articles/$id", params: { id: article.id } });
      void client.invalidateQueries({ queryKey: recordsKey("article") });
    },
    onError: report,
  });
  if (!isSolved(ticket) || ticket.deleted_at || !schema.byName.get("article")?.rights.create) return null;
  return <Button variant="outlined" loading={make.isPending} onClick={() => make.mutate()}>{t("ticket.make")}</Button>;
}

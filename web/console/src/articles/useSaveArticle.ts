import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Problem } from "../api/client";
import { createRecord, recordQuery, recordsKey, updateRecord } from "../api/records";
import type { RecordData } from "../api/types";
import { nameOf } from "../records/columns";
import { useNotify } from "../ui/notify";
import { isInvalid, isStale } from "../ui/problem";
import { changedValues } from "../values/validate";
import type { Step } from "./steps";
import { useArticleText } from "./texts";
import type { ArticleForm } from "./useArticleForm";

interface Saving { step?: Step; version?: number; sent: Record<string, unknown> }

/** Saves what was written, and with it takes a step: both or neither, as one revision. */
export function useSaveArticle(form: ArticleForm, article: RecordData | undefined, onCreated: (id: string) => Promise<void>) {
  const t = useArticleText();
  const notify = useNotify();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [stale, setStale] = useState<{ problem: Problem; step?: Step } | null>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ step, version, sent }: Saving) => {
      const status = step ? { status: step.to } : {};
      return article ? updateRecord("article", article.id, version ?? 0, { ...form.changes, ...status }) : createRecord("article", { ...changedValues({}, sent), ...status }, key);
    },
    onSuccess: async (record, { step, sent }) => {
      client.setQueryData(recordQuery("article", record.id).queryKey, record);
      form.saved(record, sent);
      notify(t(step?.done ?? "article.savedNow", { name: nameOf(record) }));
      if (!article) {
        await onCreated(record.id);
        await navigate({ to: "/articles/$id", params: { id: record.id }, replace: true });
      }
      void client.invalidateQueries({ queryKey: recordsKey("article") });
    },
    onError: (problem, { step }) => {
      setKey(crypto.randomUUID());
      if (isStale(problem)) setStale({ problem, step });
      else if (isInvalid(problem)) form.refuse(problem);
    },
  });
  const save = (step?: Step, version = form.version) => {
    if (isPending || !form.check()) return;
    setStale(null);
    mutate({ step, version, sent: form.values });
  };
  return { save, pending: isPending, error, stale, forgetStale: () => setStale(null) };
}

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import TextField from "@mui/material/TextField";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";
import { recordQuery } from "../api/records";
import { fieldOf } from "../api/schema";
import type { ObjectDef, RecordData } from "../api/types";
import { FormFields } from "../records/FormFields";
import { Card } from "../ui/Card";
import { isInvalid, isStale } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { useLocale } from "../i18n";
import { ArticleHeader } from "./ArticleHeader";
import { MarkdownEditor } from "./markdown/MarkdownEditor";
import { Panes } from "./Panes";
import { Preview } from "./Preview";
import { mayWrite } from "./steps";
import { useArticleText } from "./texts";
import { useArticleFiles } from "./useArticleFiles";
import { useArticleForm } from "./useArticleForm";
import { useSaveArticle } from "./useSaveArticle";

const StaleDialog = lazy(() => import("../records/StaleDialog"));
const Revisions = lazy(() => import("./Revisions"));

interface ArticleEditorProps { object: ObjectDef; article?: RecordData; given?: Record<string, unknown> }

/** An article as it is written: its words beside what readers will see, and what else is known of it. */
export function ArticleEditor({ object, article, given = {} }: ArticleEditorProps) {
  const t = useArticleText();
  const { format } = useLocale();
  const client = useQueryClient();
  const form = useArticleForm(object, article, given, mayWrite(object, article));
  const files = useArticleFiles(article);
  const saving = useSaveArticle(form, article, files.belongTo);
  const [revisions, setRevisions] = useState(false);
  const save = useEffectEvent(() => saving.save());
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);

  const title = fieldOf(object, "title");
  const body = fieldOf(object, "body");
  const others = form.fields.filter(({ name }) => name !== "title" && name !== "body");
  const text = (name: string) => { const value = form.values[name]; return typeof value === "string" ? value : ""; };
  const latest = () => client.query({ ...recordQuery("article", article?.id ?? ""), staleTime: 0 });
  const outdated = article !== undefined && form.version !== undefined && article.version > form.version && !saving.pending && !saving.stale;
  const { error } = saving;
  return (
    <>
      <ArticleHeader object={object} article={article} form={form} saving={saving} onRevisions={() => setRevisions(true)} />
      {form.keptFrom && <Alert severity="info" sx={{ mb: 2 }} action={<Button color="inherit" onClick={form.discard}>{t("article.discard")}</Button>}>{t("article.keptFrom", { when: format.ago(form.keptFrom) })}</Alert>}
      {outdated && <Alert severity="info" sx={{ mb: 2 }} action={<Button color="inherit" onClick={() => form.adopt(article)}>{t("stale.reload")}</Button>}>{t("stale.notice")}</Alert>}
      {form.otherErrors.map((message) => <Alert key={message} severity="error" sx={{ mb: 2 }}>{message}</Alert>)}
      {error !== null && !isStale(error) && !(isInvalid(error) && error.doc.errors?.length) && <ProblemAlert error={error} />}
      {title && (
        <TextField
          label={title.label} required value={text("title")} onChange={(event) => form.set("title", event.target.value)} error={Boolean(form.errorOf(title))} helperText={form.errorOf(title)} autoFocus={!article && !text("title")} autoComplete="off"
          slotProps={{ htmlInput: { "data-field": "title" } }} sx={{ mb: 2, "& .MuiInputBase-root": { bgcolor: "background.paper" }, "& input": { fontSize: "1.125rem", fontWeight: 600 } }}
        />
      )}
      <Paper variant="outlined" sx={{ mb: 2, overflow: "hidden" }}>
        <Panes
          write={body && <MarkdownEditor value={text("body")} onChange={(next) => form.set("body", next)} label={body.label} error={form.errorOf(body)} onFile={files.store} />}
          preview={<Preview text={text("body")} />}
        />
      </Paper>
      <Card title={t("article.details")}><FormFields fields={others} form={form} names={article?._names} /></Card>
      <Suspense>
        {saving.stale && (
          <StaleDialog
            object={object} problem={saving.stale.problem} mine={form.changes} onClose={saving.forgetStale}
            onReload={() => void latest().then((record) => { form.adopt(record); saving.forgetStale(); })}
            onOverwrite={(version) => saving.save(saving.stale?.step, version)}
          />
        )}
        {revisions && article && <Revisions object={object} article={article} dirty={form.dirty} onRestored={(record) => { form.adopt(record); setRevisions(false); }} onClose={() => setRevisions(false)} />}
      </Suspense>
    </>
  );
}

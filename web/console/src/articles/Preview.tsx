import Box from "@mui/material/Box";
import { lazy, Suspense, useDeferredValue } from "react";
import { Waiting } from "../ui/Waiting";
import { useArticleText } from "./texts";

const Markdown = lazy(() => import("../fields/Markdown"));

/** The text as its readers see it. A long one is drawn when the writer pauses, so that typing stays quick. */
export function Preview({ text }: { text: string }) {
  const t = useArticleText();
  const drawn = useDeferredValue(text);
  return (
    // A region that scrolls takes the focus, so that keys can scroll it.
    <Box component="section" aria-label={t("article.preview")} tabIndex={0} sx={{ p: 2, minWidth: 0, maxHeight: { md: "72vh" }, overflow: "auto" }}>
      {drawn.trim() ? <Suspense fallback={<Waiting lines={4} />}><Markdown text={drawn} /></Suspense> : <Box sx={{ color: "text.secondary" }}>{t("article.nothing")}</Box>}
    </Box>
  );
}

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import HistoryIcon from "@mui/icons-material/History";
import Paper from "@mui/material/Paper";
import { lazy, Suspense, useState } from "react";
import { fieldOf } from "../api/schema";
import type { ObjectDef, RecordData } from "../api/types";
import { optionLabel } from "../fields/valueText";
import { nameOf } from "../records/columns";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";
import { PublicLink } from "./ArticleHeader";
import { Preview } from "./Preview";
import { StatusChip } from "./StatusChip";
import { statusOf } from "./steps";
import { useArticleText } from "./texts";

const Revisions = lazy(() => import("./Revisions"));

/** An article before somebody who may not change it, with the reason why. */
export function ArticleReader({ object, article }: { object: ObjectDef; article: RecordData }) {
  const t = useArticleText();
  const [revisions, setRevisions] = useState(false);
  const field = fieldOf(object, "status");
  const status = statusOf(article);
  return (
    <>
      <PageHeader title={nameOf(article)} picture={<ObjectPicture object={object} size={40} />} subtitle={<StatusChip status={status} />}>
        <PublicLink article={article} />
        <Button startIcon={<HistoryIcon />} onClick={() => setRevisions(true)} aria-haspopup="dialog">{t("revisions.open")}</Button>
      </PageHeader>
      <Alert severity="info" sx={{ mb: 2 }}>{object.rights.update ? t("article.locked", { status: (field ? optionLabel(field, status) : status).toLowerCase() }) : t("article.lockedForYou")}</Alert>
      <Paper variant="outlined"><Preview text={typeof article.body === "string" ? article.body : ""} /></Paper>
      <Suspense>{revisions && <Revisions object={object} article={article} dirty={false} onClose={() => setRevisions(false)} />}</Suspense>
    </>
  );
}

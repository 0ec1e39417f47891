import type { ObjectDef, RecordData } from "../api/types";
import type { ArticleKey } from "./texts";

export type Status = "draft" | "review" | "published" | "archived";

/** A step that an article can go from where it is, and the action of the server whose rights it needs. */
export interface Step { to: Status; action: string; label: ArticleKey; done: ArticleKey; main?: boolean }

const submit: Step = { to: "review", action: "submit", label: "step.submit", done: "step.submitted" };
const publish: Step = { to: "published", action: "publish", label: "step.publish", done: "step.published", main: true };
const back: Step = { to: "draft", action: "withdraw", label: "step.back", done: "step.isDraft" };
const withdraw: Step = { ...back, label: "step.withdraw", done: "step.withdrawn" };
const archive: Step = { to: "archived", action: "archive", label: "step.archive", done: "step.archived" };

/** As the server has them in `knowledge::step`. */
const steps: Record<Status, Step[]> = {
  draft: [submit, publish, archive],
  review: [back, publish, archive],
  published: [withdraw, archive],
  archived: [back],
};

export const statusOf = (article?: RecordData) => (article?.status ?? "draft") as Status;

const offers = (object: ObjectDef, action: string) => object.actions?.some(({ name }) => name === action) === true;

/** Whether this person decides what is published. */
export const mayDecide = (object: ObjectDef) => offers(object, "publish");

/** Customers have read what is published or archived: from then on only those who decide may change it. */
export const mayWrite = (object: ObjectDef, article?: RecordData) => {
  const status = statusOf(article);
  const decided = status === "published" || status === "archived";
  return (article ? object.rights.update && !article.deleted_at : object.rights.create) && (!decided || mayDecide(object));
};

/** What can be done next with an article. A new one is not put away before it is there. */
export function nextSteps(object: ObjectDef, article?: RecordData): Step[] {
  if (!mayWrite(object, article)) return [];
  return steps[statusOf(article)].filter((step) => offers(object, step.action) && (article !== undefined || step.to !== "archived"));
}

export const mayRestore = (object: ObjectDef, article: RecordData) => mayWrite(object, article) && offers(object, "restore_revision");

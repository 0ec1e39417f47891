import { useEffect, useState } from "react";
import { writable } from "../api/schema";
import { useMe } from "../api/session";
import type { Field, ObjectDef, RecordData } from "../api/types";
import { inReadingOrder } from "../records/columns";
import { useRecordForm, type RecordForm } from "../records/useRecordForm";
import { changedValues } from "../values/validate";
import { dropDraft, readDraft, writeDraft } from "./drafts";

export interface ArticleForm extends RecordForm {
  fields: Field[];
  /** The version that the words go on from; none of a new article. */
  version: number | undefined;
  /** Since when what was not saved last time is here again. */
  keptFrom: string | undefined;
  /** Whether this browser keeps what is not saved. */
  kept: boolean;
  /** Goes back to what is stored. */
  adopt: (record: RecordData) => void;
  /** Goes on from what was just stored; what was typed meanwhile stays. */
  saved: (record: RecordData, sent: Record<string, unknown>) => void;
  discard: () => void;
}

/** Steps change the status, nothing else does. */
const own = (field: Field) => writable(field) && field.name !== "status";

/** An article being written. What differs from what is stored is kept by this browser until it is saved or discarded. */
export function useArticleForm(object: ObjectDef, article: RecordData | undefined, given: Record<string, unknown>, editable: boolean): ArticleForm {
  const me = useMe();
  const fields = inReadingOrder(object.fields).filter(own);
  const of = (record: RecordData) => Object.fromEntries(fields.map(({ name }) => [name, record[name] ?? null]));
  const asGiven = () => Object.fromEntries(fields.map(({ name, default: usual }) => [name, given[name] ?? usual ?? (name === "owner_id" ? me.id : null)]));
  // Several new ones may be begun at once, each from a question of its own.
  const [key, setKey] = useState(() => article?.id ?? `new ${typeof given.title === "string" ? given.title : ""}`);
  const [begun, setBegun] = useState(() => (editable ? readDraft(me.id, key) : null));
  const [base, setBase] = useState(() => (article ? of(article) : asGiven()));
  const [version, setVersion] = useState(begun?.version ?? article?.version);
  const form = useRecordForm(fields, base, { ...base, ...begun?.values });
  const [kept, setKept] = useState(true);

  const unsaved = JSON.stringify(form.changes);
  useEffect(() => {
    if (!editable) return;
    const values = JSON.parse(unsaved) as Record<string, unknown>;
    if (Object.keys(values).length === 0) dropDraft(me.id, key);
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the browser's store is told and asked here
    else setKept(writeDraft(me.id, key, { values, version, at: new Date().toISOString() }));
  }, [editable, me.id, key, unsaved, version]);

  const goOn = (record: RecordData) => { setBase(of(record)); setVersion(record.version); setBegun(null); };
  return {
    ...form, fields, version, kept, keptFrom: form.dirty ? begun?.at : undefined,
    adopt: (record) => { goOn(record); form.reset(of(record)); },
    saved: (record, sent) => {
      goOn(record);
      dropDraft(me.id, key);
      setKey(record.id);
      form.reset((now) => ({ ...of(record), ...changedValues(sent, now) }));
    },
    discard: () => {
      dropDraft(me.id, key);
      setBegun(null);
      if (article) { setBase(of(article)); setVersion(article.version); }
      form.reset(article ? of(article) : base);
    },
  };
}

import { queryOptions } from "@tanstack/react-query";
import { post } from "../api/client";
import { aggregateQuery, bulk, listQuery } from "../api/records";
import type { BulkAnswer, Groups, RecordData } from "../api/types";

/** What was measured of a version. */
export interface Figures {
  intents: { intent: string; name: string; asked: number; right: number; taken: number }[];
  confusions: { sentence: string; intent: string; taken_for: string }[];
  tests: number;
  failures: { id: string; sentence: string; intent: string; taken_for: string | null; confidence: number; is_new: boolean }[];
}

/** A version of what was learnt. */
export interface Version {
  id: string;
  number: number;
  in_use: boolean;
  intents: number;
  examples: number;
  tests: number;
  tests_passed: number;
  accuracy: number | null;
  took_ms: number;
  figures: Figures;
  created_at: string;
  by: string | null;
}

export interface Understood { version: number | null; intent: string | null; name: string | null; confidence: number; sure: boolean; because: { word: string; weight: number }[] }

/** How many sentences of an intent are shown. */
export const shownExamples = 200;

export const intentsQuery = listQuery("intent", { sort: [{ field: "name" }], limit: 200 });

const most = 20;
export const versionsQuery = queryOptions({
  ...listQuery("intent_model", { sort: [{ field: "number", descending: true }], limit: most }),
  select: ({ records }) => records.map(versionOf),
});

function versionOf(record: RecordData): Version {
  const by = record._names?.created_by;
  return { ...(record as unknown as Version), by: typeof by === "string" ? by : null };
}

export const examplesQuery = (intent: string) => listQuery("intent_example", {
  filter: { field: "intent_id", op: "eq", value: intent }, sort: [{ field: "created_at", descending: true }], limit: shownExamples,
});

/** How many sentences each intent has, to learn from and to test with. */
export const countsQuery = queryOptions({
  ...aggregateQuery("intent_example", { group: [{ field: "intent_id" }, { field: "is_test" }], measures: [{ measure: "count" }] }),
  select: countsOf,
});

export type Counts = Map<string, { learnt: number; tests: number }>;
export function countsOf({ groups }: Groups): Counts {
  const counts: Counts = new Map();
  for (const { keys: [intent, isTest], values: [value] } of groups) {
    const count = counts.get(String(intent)) ?? { learnt: 0, tests: 0 };
    count[isTest === true ? "tests" : "learnt"] += Number(value);
    counts.set(String(intent), count);
  }
  return counts;
}

export const sentenceOf = ({ sentence }: RecordData) => (typeof sentence === "string" ? sentence : "");

/** The sentences of a text, one a line, each once, without those that are known. */
export function sentencesOf(text: string, known: string[] = []): string[] {
  const seen = new Set(known.map(folded));
  const fresh: string[] = [];
  for (const sentence of text.split("\n").map((line) => line.trim())) {
    if (!sentence || seen.has(folded(sentence))) continue;
    seen.add(folded(sentence));
    fresh.push(sentence);
  }
  return fresh;
}
const folded = (sentence: string) => sentence.toLowerCase().replaceAll(/\s+/g, " ");

export const addExamples = (intent: string, sentences: string[], isTest: boolean): Promise<BulkAnswer> =>
  bulk("intent_example", sentences.map((sentence) => ({ create: { sentence, intent_id: intent, is_test: isTest } })));

export const train = () => post<Version>("/intents/train");
export const understand = (text: string) => post<Understood>("/intents/understand", { text });

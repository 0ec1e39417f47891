import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { recordsKey, updateRecord } from "../api/records";
import { fieldOf, writable } from "../api/schema";
import type { Field, ObjectDef, ProblemDoc, RecordData } from "../api/types";
import { useText } from "../i18n";
import { nameOf } from "../records/columns";
import { useUndo } from "../records/useUndo";
import { useNotify, useReportProblem } from "../ui/notify";
import { isInvalid } from "../ui/problem";
import { isEmpty } from "../values/validate";
import type { Column } from "./useColumns";

/** A move that needs more before it can be made: these fields of the record. */
export interface Asking { record: RecordData; column: Column; fields: Field[]; problem?: ProblemDoc }
export interface Move {
  to: (record: RecordData, column: Column) => void;
  /** Where cards are while the server has not answered yet. */
  underway: { record: RecordData; key: string } | null;
  asking: Asking | null;
  confirm: (values: Record<string, unknown>) => void;
  cancel: () => void;
  pending: boolean;
}

export function useMove(object: ObjectDef, field: Field): Move {
  const t = useText();
  const notify = useNotify();
  const report = useReportProblem();
  const client = useQueryClient();
  const undo = useUndo(object.name);
  const [asking, setAsking] = useState<Asking | null>(null);
  const { mutate, variables, isPending } = useMutation({
    mutationFn: ({ record, column, extra }: { record: RecordData; column: Column; extra: Record<string, unknown> }) =>
      updateRecord(object.name, record.id, record.version, { ...extra, [field.name]: column.key }),
    onSuccess: async (saved, { column }) => {
      setAsking(null);
      await client.invalidateQueries({ queryKey: recordsKey(object.name) });
      notify(t("board.moved", { name: nameOf(saved), column: column.label }), { undo: () => undo(saved) });
    },
    onError: (error, { record, column, extra }) => {
      const missing = isInvalid(error) ? (error.doc.errors ?? []).flatMap((problem) => fieldOf(object, problem.field) ?? []).filter((candidate) => candidate.name !== field.name && writable(candidate)) : [];
      if (missing.length > 0 && isInvalid(error)) {
        const before = Object.keys(extra).flatMap((name) => fieldOf(object, name) ?? []);
        setAsking({ record, column, fields: [...new Set([...before, ...missing])], problem: error.doc });
      } else {
        setAsking(null);
        report(error);
        void client.invalidateQueries({ queryKey: recordsKey(object.name) });
      }
    },
  });
  return {
    to: (record, column) => {
      const fields = neededFor(object, record, column);
      if (fields.length > 0) setAsking({ record, column, fields });
      else mutate({ record, column, extra: {} });
    },
    underway: isPending ? { record: variables.record, key: variables.column.key } : null,
    asking,
    confirm: (values) => { if (asking) mutate({ record: asking.record, column: asking.column, extra: values }); },
    cancel: () => setAsking(null),
    pending: isPending,
  };
}

/** The fields a stage asks for that the record lacks; a stage that loses asks for the reason. */
function neededFor(object: ObjectDef, record: RecordData, { record: stage }: Column): Field[] {
  if (!stage) return [];
  const required = Array.isArray(stage.required_fields) ? (stage.required_fields as string[]) : [];
  const names = stage.outcome === "lost" ? ["lost_reason", ...required] : required;
  return [...new Set(names)].flatMap((name) => fieldOf(object, name) ?? []).filter((field) => writable(field) && isEmpty(record[field.name])).map((field) => ({ ...field, required: true }));
}

import { useState } from "react";
import type { Problem } from "../api/client";
import { writable } from "../api/schema";
import type { Field } from "../api/types";
import { useLocale, type TextKey } from "../i18n";
import { changedValues, faultsOf, type Fault } from "../values/validate";

export interface RecordForm {
  values: Record<string, unknown>;
  set: (name: string, value: unknown) => void;
  reset: (values: Record<string, unknown> | ((now: Record<string, unknown>) => Record<string, unknown>)) => void;
  errorOf: (field: Field) => string | undefined;
  /** Problems that belong to no field on the form. */
  otherErrors: string[];
  /** Whether everything is well; shows what is not, and moves to the first of it. */
  check: () => boolean;
  refuse: (problem: Problem) => void;
  changes: Record<string, unknown>;
  dirty: boolean;
}

/** The values of a form over some fields, and what is wrong with them by its own checks and the server's. A form may begin with other values than its base. */
export function useRecordForm(fields: Field[], base: Record<string, unknown>, begun = base): RecordForm {
  const { t, format } = useLocale();
  const [values, setValues] = useState(begun);
  const [shown, setShown] = useState(false);
  const [refused, setRefused] = useState<Record<string, string>>({});
  const faults = faultsOf(fields, values);
  const changes = changedValues(base, values);
  const names = new Set(fields.filter(writable).map((field) => field.name));
  return {
    values,
    set: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setRefused((before) => Object.fromEntries(Object.entries(before).filter(([field]) => field !== name)));
    },
    reset: (next) => { setValues(next); setRefused({}); setShown(false); },
    errorOf: ({ name, label }) => {
      if (refused[name]) return refused[name];
      const fault = faults[name];
      return shown && fault ? t(`fault.${fault.key}` satisfies TextKey, { field: label, limit: limitOf(fault, format.number) }) : undefined;
    },
    otherErrors: Object.entries(refused).filter(([field]) => !names.has(field)).map(([, message]) => message),
    check: () => {
      setShown(true);
      const first = fields.find((field) => faults[field.name]);
      if (first) focusField(first.name);
      return !first;
    },
    refuse: (problem) => {
      const told = problem.doc.errors ?? [];
      setRefused(Object.fromEntries(told.map((error) => [error.field, error.hint ? `${error.message} ${error.hint}` : error.message])));
      const first = told.find((error) => names.has(error.field));
      if (first) focusField(first.field);
    },
    changes,
    dirty: Object.keys(changes).length > 0,
  };
}

const limitOf = (fault: Fault, number: (value: unknown) => string) => ("limit" in fault ? number(fault.limit) : "");

function focusField(name: string) {
  requestAnimationFrame(() => {
    const input = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    input?.focus();
    input?.scrollIntoView({ block: "center" });
  });
}

import { createContext, lazy, Suspense, use, useCallback, useState, type ReactNode } from "react";
import { useText, type Translate } from "../i18n";
import { problemText } from "./problem";

export interface Notice { id: number; text: NoticeText; severity: "success" | "error" | "info"; undo?: () => Promise<unknown> }
/** A function where the language may be another by the time it is read. */
type NoticeText = string | ((t: Translate) => string);
type Notify = (text: NoticeText, options?: Partial<Pick<Notice, "severity" | "undo">>) => void;

const NoticeBar = lazy(() => import("./NoticeBar"));
const NotifyContext = createContext<Notify>(() => undefined);

/** Tells the person something in passing, with a way to undo it where there is one. */
export const useNotify = () => use(NotifyContext);

/** Reports a failed request in its own words. */
export function useReportProblem() {
  const notify = useNotify();
  const t = useText();
  return useCallback((error: unknown) => notify(problemText(error, t), { severity: "error" }), [notify, t]);
}

export function NotifyProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const notify = useCallback<Notify>((text, options) => setNotice({ id: Date.now() + Math.random(), text, severity: options?.severity ?? "success", undo: options?.undo }), []);
  return (
    <NotifyContext value={notify}>
      {children}
      <Suspense>{notice && <NoticeBar key={notice.id} notice={notice} onClose={() => setNotice(null)} />}</Suspense>
    </NotifyContext>
  );
}

import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Snackbar from "@mui/material/Snackbar";
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from "react";
import { useText } from "../i18n";
import { problemText } from "./problem";

interface Notice { id: number; text: string; severity: "success" | "error" | "info"; undo?: () => Promise<unknown>; action?: { label: string; run: () => void } }
interface Notify {
  (text: string, options?: { severity?: Notice["severity"]; undo?: Notice["undo"]; action?: Notice["action"] }): void;
}
const NotifyContext = createContext<Notify>(() => undefined);
export const useNotify = () => use(NotifyContext);

/** Reports a failed request in its own words. */
export function useReportProblem() {
  const notify = useNotify();
  const t = useText();
  return useCallback((error: unknown) => notify(problemText(error, t), { severity: "error" }), [notify, t]);
}

export function NotifyProvider({ children }: { children: ReactNode }) {
  const t = useText();
  const [notices, setNotices] = useState<Notice[]>([]);
  const notify = useCallback<Notify>((text, options) => {
    setNotices((shown) => [...shown.slice(-1), { id: Date.now() + Math.random(), text, severity: options?.severity ?? "success", undo: options?.undo, action: options?.action }]);
  }, []);
  const current = notices.at(-1);
  const close = () => setNotices([]);
  const undo = useMemo(() => current?.undo && (() => {
    close();
    current.undo?.().then(() => notify(t("state.undone"), { severity: "info" }), (error: unknown) => notify(problemText(error, t), { severity: "error" }));
  }), [current, notify, t]);
  return (
    <NotifyContext value={notify}>
      {children}
      <Snackbar
        key={current?.id} open={current !== undefined} autoHideDuration={current?.severity === "error" ? 12_000 : 8_000}
        onClose={(_, reason) => { if (reason !== "clickaway") close(); }} anchorOrigin={{ vertical: "bottom", horizontal: "center" }}
      >
        {current && (
          <Alert
            severity={current.severity} variant="filled" onClose={close} role={current.severity === "error" ? "alert" : "status"} sx={{ maxWidth: 560 }}
            action={(undo ?? current.action) && (
              <>
                {undo && <Button color="inherit" onClick={undo}>{t("action.undo")}</Button>}
                {current.action && <Button color="inherit" onClick={() => { close(); current.action?.run(); }}>{current.action.label}</Button>}
                <Button color="inherit" onClick={close}>{t("action.close")}</Button>
              </>
            )}
          >
            {current.text}
          </Alert>
        )}
      </Snackbar>
    </NotifyContext>
  );
}

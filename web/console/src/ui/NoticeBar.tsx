import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import Snackbar from "@mui/material/Snackbar";
import { useText } from "../i18n";
import { useNotify, useReportProblem, type Notice } from "./notify";

/** A notice at the foot of the page; it stays longer when something went wrong or can be undone. */
export default function NoticeBar({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const t = useText();
  const notify = useNotify();
  const report = useReportProblem();
  const { text, severity, undo } = notice;
  const takeBack = () => {
    onClose();
    undo?.().then(() => notify(t("state.undone"), { severity: "info" }), report);
  };
  return (
    <Snackbar
      open autoHideDuration={severity === "error" || undo ? 12_000 : 6_000} anchorOrigin={{ vertical: "bottom", horizontal: "center" }}
      onClose={(_, reason) => { if (reason !== "clickaway") onClose(); }}
    >
      <Alert
        severity={severity} variant="outlined" role={severity === "error" ? "alert" : "status"} sx={{ maxWidth: 560, bgcolor: "background.paper", color: "text.primary", boxShadow: 8 }}
        action={<>{undo && <Button color="inherit" onClick={takeBack}>{t("action.undo")}</Button>}<Button color="inherit" onClick={onClose}>{t("action.close")}</Button></>}
      >
        {typeof text === "function" ? text(t) : text}
      </Alert>
    </Snackbar>
  );
}

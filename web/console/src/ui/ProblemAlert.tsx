import Alert from "@mui/material/Alert";
import Button from "@mui/material/Button";
import { useText } from "../i18n";
import { problemText } from "./problem";

export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useText();
  return (
    <Alert
      severity="error" variant="outlined" sx={{ my: 1 }}
      action={onRetry && <Button color="inherit" onClick={onRetry}>{t("action.retry")}</Button>}
    >
      {problemText(error, t)}
    </Alert>
  );
}

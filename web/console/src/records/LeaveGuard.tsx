import { useBlocker } from "@tanstack/react-router";
import { useText } from "../i18n";
import { ConfirmDialog } from "../ui/ConfirmDialog";

/** Asks before unsaved changes are lost, on links here and on closing the tab. */
export function LeaveGuard({ active }: { active: boolean }) {
  const t = useText();
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: () => active, enableBeforeUnload: active, withResolver: true, disabled: !active });
  return (
    <ConfirmDialog
      open={status === "blocked"} danger title={t("leave.title")} text={t("leave.text")} confirm={t("leave.confirm")}
      onConfirm={() => proceed?.()} onClose={() => reset?.()}
    />
  );
}

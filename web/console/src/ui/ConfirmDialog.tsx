import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import { useId } from "react";
import { useText } from "../i18n";

interface ConfirmDialogProps { open: boolean; title: string; text: string; confirm: string; danger?: boolean; onConfirm: () => void; onClose: () => void }

export function ConfirmDialog({ open, title, text, confirm, danger, onConfirm, onClose }: ConfirmDialogProps) {
  const t = useText();
  const id = useId();
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent><DialogContentText>{text}</DialogContentText></DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button variant="contained" color={danger ? "error" : "primary"} onClick={onConfirm} autoFocus>{confirm}</Button>
      </DialogActions>
    </Dialog>
  );
}

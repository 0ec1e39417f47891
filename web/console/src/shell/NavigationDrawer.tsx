import Drawer from "@mui/material/Drawer";
import { useText } from "../i18n";
import { Navigation } from "./Navigation";

/** The navigation on a phone. */
export default function NavigationDrawer({ onClose }: { onClose: () => void }) {
  const t = useText();
  return (
    <Drawer open onClose={onClose} slotProps={{ paper: { sx: { width: 272 } } }}>
      <nav aria-label={t("shell.navigation")}><Navigation onChoose={onClose} /></nav>
    </Drawer>
  );
}

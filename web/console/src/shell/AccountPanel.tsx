import Box from "@mui/material/Box";
import Divider from "@mui/material/Divider";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useColorScheme } from "@mui/material/styles";
import Typography from "@mui/material/Typography";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { signOut, useAbility, useMe } from "../api/session";
import { useText } from "../i18n";
import { MenuItemLink } from "../ui/MenuItemLink";
import { useReportProblem } from "../ui/notify";

const modes = ["system", "light", "dark"] as const;

export default function AccountPanel({ anchor, onClose }: { anchor: HTMLElement; onClose: () => void }) {
  const t = useText();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const report = useReportProblem();
  const keys = useAbility("manage_keys");
  const { mode = "system", setMode } = useColorScheme();
  const leave = async () => {
    try {
      await signOut();
    } catch (error) {
      report(error);
      return;
    }
    await navigate({ to: "/sign-in" });
    client.clear();
  };
  return (
    <Menu anchorEl={anchor} open onClose={onClose} slotProps={{ paper: { sx: { minWidth: 220 } } }}>
      <Box component="li" role="none" sx={{ px: 2, py: 1 }}>
        <Typography sx={{ fontWeight: 600 }}>{me.name}</Typography>
        <Typography sx={{ color: "text.secondary" }} variant="body2">{me.email}</Typography>
        <Typography sx={{ color: "text.secondary" }} variant="body2">{me.tenant.name}</Typography>
      </Box>
      <Divider />
      {modes.map((each) => <MenuItem key={each} role="menuitemradio" aria-checked={mode === each} selected={mode === each} onClick={() => setMode(each)}>{t(`mode.${each}`)}</MenuItem>)}
      <Divider />
      <MenuItemLink to="/settings" onClick={onClose}>{t("settings.title")}</MenuItemLink>
      {keys && <MenuItemLink to="/admin/api-keys" onClick={onClose}>{t("admin.keys")}</MenuItemLink>}
      <MenuItem component="a" href="/api/" target="_blank" rel="noopener">{t("account.api")}</MenuItem>
      <MenuItem onClick={() => void leave()}>{t("account.signOut")}</MenuItem>
    </Menu>
  );
}

import Avatar from "@mui/material/Avatar";
import Box from "@mui/material/Box";
import Divider from "@mui/material/Divider";
import IconButton from "@mui/material/IconButton";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useColorScheme } from "@mui/material/styles";
import Typography from "@mui/material/Typography";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { signOut, useMe } from "../api/session";
import { useText } from "../i18n";
import { MenuItemLink } from "../ui/links";
import { useReportProblem } from "../ui/notify";

const modes = ["system", "light", "dark"] as const;

export function AccountMenu() {
  const t = useText();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const report = useReportProblem();
  const { mode = "system", setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
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
    <>
      <IconButton aria-label={t("account.menu", { name: me.name })} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)} sx={{ p: 0.5 }}>
        <Avatar sx={{ width: 28, height: 28, fontSize: 12, bgcolor: "primary.main", color: "primary.contrastText" }}>{initials(me.name)}</Avatar>
      </IconButton>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { minWidth: 220 } } }}>
        <Box component="li" role="none" sx={{ px: 2, py: 1 }}>
          <Typography sx={{ fontWeight: 600 }}>{me.name}</Typography>
          <Typography variant="body2" color="text.secondary">{me.email}</Typography>
          <Typography variant="body2" color="text.secondary">{me.tenant.name}</Typography>
        </Box>
        <Divider />
        {modes.map((each) => <MenuItem key={each} role="menuitemradio" aria-checked={mode === each} selected={mode === each} onClick={() => setMode(each)}>{t(`mode.${each}`)}</MenuItem>)}
        <Divider />
        <MenuItemLink to="/settings" onClick={() => setAnchor(null)}>{t("settings.title")}</MenuItemLink>
        <MenuItem component="a" href="/api/" target="_blank" rel="noopener">{t("account.api")}</MenuItem>
        <MenuItem onClick={() => void leave()}>{t("account.signOut")}</MenuItem>
      </Menu>
    </>
  );
}

const initials = (name: string) => name.split(/\s+/).map((part) => part.charAt(0)).slice(0, 2).join("").toUpperCase();

import HelpIcon from "@mui/icons-material/HelpOutlineOutlined";
import MenuIcon from "@mui/icons-material/Menu";
import SearchIcon from "@mui/icons-material/Search";
import AppBar from "@mui/material/AppBar";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import { lazy, Suspense } from "react";
import { useText } from "../i18n";
import { Link } from "../ui/links";
import { AccountMenu } from "./AccountMenu";
import type { Live } from "./useLive";

const AskLauncher = lazy(() => import("../ask/AskLauncher"));

interface TopBarProps { live: Live; onMenu: () => void; onToggle: () => void; onSearch: () => void; onHelp: () => void }

export function TopBar({ live, onMenu, onToggle, onSearch, onHelp }: TopBarProps) {
  const t = useText();
  const label = t(`live.${live}`);
  return (
    <AppBar position="sticky" color="default" elevation={0} sx={{ bgcolor: "background.paper", backgroundImage: "none", borderBottom: 1, borderColor: "divider", zIndex: 1200 }}>
      <Box sx={{ height: 52, px: 1.5, display: "flex", alignItems: "center", gap: 1 }}>
        <IconButton aria-label={t("shell.openNavigation")} onClick={onMenu} sx={{ display: { md: "none" } }}><MenuIcon /></IconButton>
        <IconButton aria-label={t("shell.toggleNavigation")} onClick={onToggle} sx={{ display: { xs: "none", md: "inline-flex" } }} aria-keyshortcuts="["><MenuIcon /></IconButton>
        <Link to="/" aria-label={`Parley, ${t("home.title")}`} underline="none" color="inherit" sx={{ display: "flex", alignItems: "center", gap: 1, fontWeight: 700, fontSize: "1rem", letterSpacing: "-0.01em", mr: 1 }}>
          <img src="/assets/parley.svg" width={24} height={24} alt="" />
          <Box component="span" sx={{ display: { xs: "none", sm: "inline" } }}>Parley</Box>
        </Link>
        <Box sx={{ flex: 1, minWidth: 0, display: "flex", justifyContent: "center" }}>
          <Button
            color="inherit" variant="outlined" startIcon={<SearchIcon />} onClick={onSearch} aria-keyshortcuts="Control+K Meta+K"
            sx={{ width: "100%", minWidth: 0, maxWidth: 480, justifyContent: "flex-start", borderColor: "divider", color: "text.secondary", bgcolor: "background.default", fontWeight: 400 }}
          >
            <Box component="span" sx={{ flex: 1, textAlign: "left", overflow: "hidden", whiteSpace: "nowrap", textOverflow: "ellipsis" }}>{t("search.open")}</Box>
            <Box component="kbd" aria-hidden sx={{ display: { xs: "none", sm: "inline" }, fontSize: 11, fontFamily: "inherit", border: 1, borderColor: "divider", borderRadius: 1, px: 0.75 }}>{isMac ? "⌘K" : "Ctrl K"}</Box>
          </Button>
        </Box>
        <Box role="img" aria-label={label} title={label} sx={{ width: 8, height: 8, borderRadius: "50%", bgcolor: live === "on" ? "success.main" : "warning.main", mx: 0.5, flex: "none" }} />
        <IconButton aria-label={t("shortcuts.title")} aria-keyshortcuts="?" onClick={onHelp} sx={{ display: { xs: "none", sm: "inline-flex" } }}><HelpIcon /></IconButton>
        <Suspense fallback={<Box sx={{ width: 34 }} />}><AskLauncher /></Suspense>
        <AccountMenu />
      </Box>
    </AppBar>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

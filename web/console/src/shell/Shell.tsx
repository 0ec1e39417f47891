import Box from "@mui/material/Box";
import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { mayAnswer, useSchema } from "../api/schema";
import { useText } from "../i18n";
import { Navigation } from "./Navigation";
import { useShortcut } from "./shortcuts";
import { TopBar } from "./TopBar";
import { useGoShortcuts } from "./useGoShortcuts";
import { useLive } from "./useLive";

const NavigationDrawer = lazy(() => import("./NavigationDrawer"));
const CommandPalette = lazy(() => import("./CommandPalette"));
const ShortcutsDialog = lazy(() => import("./ShortcutsDialog"));
const InboxWatch = lazy(() => import("../inbox/InboxWatch"));

export const navigationWidth = 232;
const stored = "parley.navigation";

/** Everything around a page: skip link, top bar, navigation, search. */
export function Shell() {
  const t = useText();
  const live = useLive();
  const answers = mayAnswer(useSchema());
  const [drawer, setDrawer] = useState(false);
  const [open, setOpen] = useState(() => localStorage.getItem(stored) !== "closed");
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const toggle = () => { localStorage.setItem(stored, open ? "closed" : "open"); setOpen(!open); };
  useGoShortcuts();
  useShortcut("?", () => setHelp(true));
  useShortcut("[", toggle);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); setPalette(true); }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <Box sx={{ display: "flex", flexDirection: "column", minHeight: "100dvh" }}>
      <Box component="a" href="#main" sx={{ position: "absolute", left: 8, top: -64, zIndex: 2000, p: 1.5, borderRadius: 1, bgcolor: "background.paper", color: "primary.main", "&:focus": { top: 8 } }}>{t("shell.skip")}</Box>
      <TopBar live={live} onMenu={() => setDrawer(true)} onToggle={toggle} onSearch={() => setPalette(true)} onHelp={() => setHelp(true)} />
      <Box sx={{ display: "flex", flex: 1, minWidth: 0 }}>
        {open && (
          <Box component="nav" aria-label={t("shell.navigation")} sx={{ display: { xs: "none", md: "block" }, width: navigationWidth, flex: "none", borderRight: 1, borderColor: "divider", bgcolor: "background.paper" }}>
            <Box sx={{ position: "sticky", top: 52, maxHeight: "calc(100dvh - 52px)", overflowY: "auto" }}><Navigation /></Box>
          </Box>
        )}
        <Main />
      </Box>
      <Suspense>{answers && <InboxWatch />}</Suspense>
      <Suspense>
        {drawer && <NavigationDrawer onClose={() => setDrawer(false)} />}
        {palette && <CommandPalette onClose={() => setPalette(false)} />}
        {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
      </Suspense>
    </Box>
  );
}

/** The page; takes the focus when another page is opened, so that readers and keys begin there. */
function Main() {
  const element = useRef<HTMLElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    if (!element.current?.contains(document.activeElement)) element.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return (
    <Box component="main" id="main" ref={element} tabIndex={-1} sx={{ flex: 1, minWidth: 0, px: { xs: 1.5, sm: 3 }, py: { xs: 2, sm: 2.5 }, outline: "none", maxWidth: 1680, mx: "auto" }}>
      <Outlet />
    </Box>
  );
}

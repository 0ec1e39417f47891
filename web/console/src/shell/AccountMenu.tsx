import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import { lazy, Suspense, useState } from "react";
import { useMe } from "../api/session";
import { useText } from "../i18n";

const AccountPanel = lazy(() => import("./AccountPanel"));

/** Who is signed in; a click opens what concerns them. */
export function AccountMenu() {
  const t = useText();
  const me = useMe();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton aria-label={t("account.menu", { name: me.name })} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)} sx={{ p: 0.5 }}>
        <Box component="span" sx={{ width: 28, height: 28, borderRadius: "50%", display: "grid", placeItems: "center", fontSize: 12, fontWeight: 600, bgcolor: "primary.main", color: "primary.contrastText" }}>{initials(me.name)}</Box>
      </IconButton>
      <Suspense>{anchor && <AccountPanel anchor={anchor} onClose={() => setAnchor(null)} />}</Suspense>
    </>
  );
}

const initials = (name: string) => name.split(/\s+/).map((part) => part.charAt(0)).slice(0, 2).join("").toUpperCase();

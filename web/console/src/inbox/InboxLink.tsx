import InboxIcon from "@mui/icons-material/InboxOutlined";
import Box from "@mui/material/Box";
import { useQuery } from "@tanstack/react-query";
import { useText } from "../i18n";
import { NavigationLink } from "../shell/NavigationLink";
import { Hidden } from "../ui/Hidden";
import { attentionQuery, countText, waitingCount } from "./attention";

/** The inbox's place in the navigation, with how many customers wait. */
export function InboxLink({ onClick }: { onClick?: () => void }) {
  const t = useText();
  const { data: count = 0 } = useQuery({ ...attentionQuery, select: waitingCount });
  return (
    <NavigationLink to="/inbox" icon={<InboxIcon fontSize="small" />} onClick={onClick}>
      {t("inbox.title")}
      {count > 0 && (
        <>
          <Box component="span" aria-hidden sx={{ ml: 1, px: 0.75, borderRadius: 4, bgcolor: "primary.main", color: "primary.contrastText", fontSize: "0.6875rem", fontWeight: 650, fontVariantNumeric: "tabular-nums" }}>{countText(count)}</Box>
          <Hidden>, {t("inbox.waitingCount", { count })}</Hidden>
        </>
      )}
    </NavigationLink>
  );
}

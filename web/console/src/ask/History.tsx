import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import ButtonBase from "@mui/material/ButtonBase";
import Typography from "@mui/material/Typography";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocale } from "../i18n";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";
import { conversationsQuery } from "./api";
import { useAskText } from "./texts";

/** One's own conversations, the last begun first. */
export function History({ current, onOpen }: { current: string | undefined; onOpen: (id: string) => void }) {
  const t = useAskText();
  const { format } = useLocale();
  const listed = useInfiniteQuery(conversationsQuery);
  const all = listed.data?.pages.flat() ?? [];
  return (
    <Box sx={{ flex: 1, minHeight: 0, overflowY: "auto", p: 1 }}>
      {listed.isPending && <Waiting lines={6} />}
      {listed.error && <ProblemAlert error={listed.error} onRetry={() => void listed.refetch()} />}
      {listed.data && all.length === 0 && <Typography sx={{ p: 1, color: "text.secondary" }}>{t("ask.none")}</Typography>}
      <Box component="ul" aria-label={t("ask.history")} sx={{ listStyle: "none", m: 0, p: 0 }}>
        {all.map(({ id, title, begun_at }) => (
          <li key={id}>
            <ButtonBase aria-current={id === current ? "true" : undefined} onClick={() => onOpen(id)} sx={{ display: "block", width: "100%", textAlign: "start", px: 1.25, py: 1, borderRadius: 1, bgcolor: id === current ? "action.selected" : undefined, "&:hover": { bgcolor: "action.hover" } }}>
              <Typography dir="auto" sx={{ overflow: "hidden", display: "-webkit-box", WebkitLineClamp: 2, WebkitBoxOrient: "vertical", overflowWrap: "anywhere" }}>{title}</Typography>
              <Typography variant="caption" sx={{ color: "text.secondary" }}>{t("ask.begun", { when: format.ago(begun_at) })}</Typography>
            </ButtonBase>
          </li>
        ))}
      </Box>
      {listed.hasNextPage && <Button fullWidth disabled={listed.isFetchingNextPage} onClick={() => void listed.fetchNextPage()}>{t("ask.more")}</Button>}
    </Box>
  );
}

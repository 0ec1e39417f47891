import Box from "@mui/material/Box";
import Skeleton from "@mui/material/Skeleton";
import { useText } from "../i18n";

/** Grey lines in the place of content that is on its way. */
export function Waiting({ lines = 6, height = 28 }: { lines?: number; height?: number }) {
  const t = useText();
  return (
    <Box role="status" aria-label={t("state.loading")} sx={{ py: 1 }}>
      {Array.from({ length: lines }, (_, line) => <Skeleton key={line} height={height} width={`${100 - ((line * 17) % 40)}%`} />)}
    </Box>
  );
}

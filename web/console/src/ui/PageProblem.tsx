import Box from "@mui/material/Box";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { ProblemAlert } from "./ProblemAlert";

/** Stands in for a page that could not be made. */
export function PageProblem({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  return (
    <Box sx={{ maxWidth: 640, mx: "auto", p: 2 }}>
      <ProblemAlert error={error} onRetry={() => { boundary.reset(); reset(); void router.invalidate(); }} />
    </Box>
  );
}

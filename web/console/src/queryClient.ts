import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "./api/client";
import { meQuery } from "./api/session";

const signedOut: (() => void)[] = [];
/** Calls back when the server no longer knows this person, for example after the session has ended. */
export const onSignedOut = (run: () => void) => { signedOut.push(run); };

function onError(error: unknown) {
  if (error instanceof Problem && error.status === 401 && queryClient.getQueryData(meQuery.queryKey)) {
    queryClient.removeQueries({ queryKey: meQuery.queryKey });
    for (const run of signedOut) run();
  }
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server has refused, it will refuse again; what did not arrive may arrive next time.
      retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});

import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider } from "@mui/material/styles";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { browserLanguage, loadTexts, LocaleProvider } from "./i18n";
import { onSignedOut, queryClient } from "./queryClient";
import { router } from "./router";
import { theme } from "./theme";
import { NotifyProvider } from "./ui/notify";

onSignedOut(() => void router.invalidate());
await loadTexts(browserLanguage());

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ThemeProvider theme={theme} defaultMode="system">
        <CssBaseline enableColorScheme />
        <QueryClientProvider client={queryClient}>
          <LocaleProvider>
            <NotifyProvider>
              <RouterProvider router={router} />
            </NotifyProvider>
          </LocaleProvider>
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  );
}

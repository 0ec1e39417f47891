import "swagger-ui-dist/swagger-ui.css";
import "./page.css";
import type { SwaggerUIBundle as Bundle } from "swagger-ui-dist";
import bundle from "swagger-ui-dist/swagger-ui-bundle.js?url";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const followDevice = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followDevice);
followDevice();

/** The interface's description, tried out with the session of whoever is signed in to the console. */
const script = document.createElement("script");
script.src = bundle;
script.addEventListener("load", () => {
  const { SwaggerUIBundle } = window as unknown as { SwaggerUIBundle: typeof Bundle };
  SwaggerUIBundle({
    url: "/api/v1/openapi.json",
    dom_id: "#api",
    // Links to single operations would be links within buttons, which not everybody can use.
    deepLinking: false,
    tryItOutEnabled: true,
    docExpansion: "none",
    persistAuthorization: false,
    requestInterceptor: (request) => {
      request.headers = { ...(request.headers as Record<string, string> | undefined), "X-Parley-Csrf": "1" };
      request.credentials = "same-origin";
      return request;
    },
    onComplete: () => document.querySelector("#servers")?.setAttribute("aria-label", "Server"),
  });
});
document.head.append(script);

// Long answers scroll by themselves, which the keyboard reaches only where the focus can go.
new MutationObserver(() => {
  for (const text of document.querySelectorAll<HTMLElement>("pre.microlight:not([tabindex])")) text.tabIndex = 0;
}).observe(document.body, { childList: true, subtree: true });

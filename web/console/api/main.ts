import "swagger-ui-dist/swagger-ui.css";
import "./page.css";
import type { SwaggerUIBundle as Bundle } from "swagger-ui-dist";
import bundle from "swagger-ui-dist/swagger-ui-bundle.js?url";

/** The interface's description, tried out with the session of whoever is signed in to the console. */
const script = document.createElement("script");
script.src = bundle;
script.addEventListener("load", () => {
  const { SwaggerUIBundle } = window as unknown as { SwaggerUIBundle: typeof Bundle };
  SwaggerUIBundle({
    url: "/api/v1/openapi.json",
    dom_id: "#api",
    deepLinking: true,
    tryItOutEnabled: true,
    docExpansion: "list",
    persistAuthorization: false,
    requestInterceptor: (request) => {
      request.headers = { ...(request.headers as Record<string, string> | undefined), "X-Parley-Csrf": "1" };
      request.credentials = "same-origin";
      return request;
    },
  });
});
document.head.append(script);

import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;

// Two pages: the console itself, and the API try-out page under /api/.
export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2023",
    // A strict content security policy has no room for data: scripts or inlined assets.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { console: resolve(here, "index.html"), api: resolve(here, "api/index.html") },
    },
  },
  server: { proxy: { "/api/v1": process.env.PARLEY_SERVER ?? "http://127.0.0.1:8080" } },
  test: { include: ["src/**/*.test.ts"] },
});

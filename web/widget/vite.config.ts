import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

/** What the host page loads, and what the frame loads: two scripts that share nothing at run time. */
const entries: Record<string, { file: string; name: string }> = {
  loader: { file: "src/loader/main.ts", name: "widget" },
  panel: { file: "src/panel/main.ts", name: "panel" },
};

export default defineConfig(({ mode }) => {
  const entry = entries[mode] ?? { file: "src/panel/main.ts", name: "panel" };
  return {
    // Only the frame has a page; it lies in `public`.
    publicDir: entry.name === "panel" ? "public" : false,
    build: {
      target: "es2022",
      emptyOutDir: mode === "loader",
      // A function around each script: a host page's own names stay untouched.
      lib: { entry: resolve(import.meta.dirname, entry.file), formats: ["iife" as const], name: "parley", fileName: () => `${entry.name}.js`, cssFileName: entry.name },
    },
    test: { include: ["src/**/*.test.ts"] },
  };
});

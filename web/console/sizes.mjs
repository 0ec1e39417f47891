// Prints what the browser loads for the sign-in page and the home page in each language, and the largest chunk, gzipped.
// Fails when a limit is passed. The API try-out page is apart: Swagger UI is one large file of its own.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const firstRoute = 180 * 1024;
const anyChunk = 150 * 1024;
const folder = new URL("dist/assets/", import.meta.url);
const scripts = readdirSync(folder).filter((name) => name.endsWith(".js") && !name.startsWith("swagger-ui"));
const texts = new Map(scripts.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const size = (name) => gzipSync(texts.get(name)).length;
const named = (prefix) => scripts.find((name) => name.startsWith(`${prefix}-`));

function loaded(name, seen = new Set()) {
  if (!name || seen.has(name)) return seen;
  seen.add(name);
  for (const [, target] of texts.get(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) loaded(target, seen);
  return seen;
}

let failed = false;
function report(what, bytes, limit) {
  console.log(`${what}: ${(bytes / 1024).toFixed(1)} KB of ${limit / 1024}`);
  failed ||= bytes > limit;
}

for (const page of [["SignInPage"], ["Shell", "HomePage"]]) {
  for (const language of ["en", "de"]) {
    const all = new Set();
    for (const name of ["console", language, ...page].map(named)) for (const each of loaded(name)) all.add(each);
    report(`${page.join(" + ")}, ${language} (${all.size} files)`, [...all].reduce((sum, name) => sum + size(name), 0), firstRoute);
  }
}
const [largest] = scripts.map((name) => [size(name), name]).sort((a, b) => b[0] - a[0]);
report(`largest chunk, ${largest[1]}`, largest[0], anyChunk);
process.exit(failed ? 1 : 0);

// Prints what a host page loads before the first click and in all, gzipped. Fails when a limit is passed.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const folder = new URL("dist/", import.meta.url);
const size = (...names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, folder))).length, 0);

let failed = false;
function report(what, bytes, limit) {
  console.log(`${what}: ${(bytes / 1024).toFixed(1)} KB of ${limit / 1024}`);
  failed ||= bytes > limit;
}

report("before the first click", size("widget.js"), 5 * 1024);
report("in all", size("widget.js", "frame.html", "panel.js", "panel.css"), 30 * 1024);
process.exit(failed ? 1 : 0);

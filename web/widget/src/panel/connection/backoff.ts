const first = 500;
const longest = 30_000;

/** Milliseconds until the next try after so many failed ones: doubled each time, and jittered lest all panels come at once. */
export function delayAfter(failures: number, random = Math.random()): number {
  const most = Math.min(longest, first * 2 ** failures);
  return most / 2 + (most / 2) * random;
}

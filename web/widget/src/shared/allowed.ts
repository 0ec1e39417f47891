/** What came of using a store that the browser may forbid even to name; null if it does. */
export function allowed<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}

import type { ProblemDoc } from "./types";

const base = "/api/v1";

/** A refused or failed request, as the server's problem document tells it. */
export class Problem extends Error {
  constructor(readonly doc: ProblemDoc) {
    super(doc.detail ?? doc.title);
  }
  get status() { return this.doc.status; }
  get code() { return this.doc.code ?? ""; }
}

interface RequestOptions {
  query?: Record<string, string | number | boolean | undefined | null>;
  body?: unknown;
  raw?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export function address(path: string, query?: RequestOptions["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${base}${path}?${text}` : base + path;
}

export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (method !== "GET") headers["X-Parley-Csrf"] = "1";
  let body: BodyInit | undefined;
  if (options.raw) {
    body = options.raw;
    headers["Content-Type"] = options.raw.type || "application/octet-stream";
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body);
    headers["Content-Type"] = "application/json";
  }
  let response: Response;
  try {
    response = await fetch(address(path, options.query), { method, headers, body, signal: options.signal, credentials: "same-origin" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem({ title: "", status: 0, code: "offline" });
  }
  if (!response.ok) throw new Problem(await problemOf(response));
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

async function problemOf(response: Response): Promise<ProblemDoc> {
  try {
    const doc = (await response.json()) as ProblemDoc;
    return { ...doc, status: response.status };
  } catch {
    return { title: response.statusText || String(response.status), status: response.status };
  }
}

export const get = <T>(path: string, query?: RequestOptions["query"], signal?: AbortSignal) => request<T>("GET", path, { query, signal });
export const post = <T>(path: string, body?: unknown, headers?: Record<string, string>) => request<T>("POST", path, { body, headers });
export const patch = <T>(path: string, body?: unknown, headers?: Record<string, string>) => request<T>("PATCH", path, { body, headers });
export const put = <T>(path: string, body?: unknown) => request<T>("PUT", path, { body });
export const remove = <T>(path: string) => request<T>("DELETE", path);

/** Answers that hold one list under some name, or are one. */
export function listIn<T>(answer: unknown): T[] {
  if (Array.isArray(answer)) return answer as T[];
  if (answer && typeof answer === "object") {
    const found = Object.values(answer).find(Array.isArray);
    if (found) return found as T[];
  }
  return [];
}

import { expect, request, type APIRequestContext, type APIResponse } from "@playwright/test";

/** The people of the demo company who can sign in. */
export const people = {
  admin: "robin.castellan@demo.example",
  manager: "melvin.marxen@demo.example",
  seller: "darcel.schlecht@demo.example",
  agent: "priya.raman@demo.example",
} as const;
export type Person = keyof typeof people;
export const password = "parley-demo-2017";

export interface Stored { id: string; name: string; version: number; [field: string]: unknown }
interface Definition { name: string; label: string; plural_label: string; in_navigation: boolean; custom: boolean }

/** The REST interface, signed in as somebody: prepares what a test begins with, and looks up what it left. */
export class Api {
  private constructor(private readonly context: APIRequestContext) {}

  static async signIn(url: string, email: string, word: string): Promise<Api> {
    const context = await request.newContext({ baseURL: url, extraHTTPHeaders: { "X-Parley-Csrf": "1" } });
    await answer(await context.post("/api/v1/session", { data: { email, password: word } }));
    return new Api(context);
  }

  /** The cookies of the session, for a browser that need not sign in again. */
  readonly state = () => this.context.storageState();
  readonly close = () => this.context.dispose();

  readonly get = async (path: string): Promise<unknown> => answer(await this.context.get(`/api/v1${path}`));
  readonly post = async (path: string, data: unknown): Promise<unknown> => answer(await this.context.post(`/api/v1${path}`, { data }));
  readonly put = async (path: string, data: unknown): Promise<unknown> => answer(await this.context.put(`/api/v1${path}`, { data }));

  async ownId(): Promise<string> {
    return (await this.get("/me") as { id: string }).id;
  }
  async schema(): Promise<Definition[]> {
    return (await this.get("/schema") as { objects: Definition[] }).objects;
  }
  /** Makes an object; another test that defines something at the same moment may go first. */
  async define(object: Record<string, unknown>): Promise<void> {
    await expect(() => this.post("/schema/objects", object)).toPass({ timeout: 10_000 });
  }
  async create(object: string, values: Record<string, unknown>): Promise<Stored> {
    return await this.post(`/records/${object}`, values) as Stored;
  }
  async update(object: string, { id, version }: Stored, values: Record<string, unknown>): Promise<Stored> {
    return await answer(await this.context.patch(`/api/v1/records/${object}/${id}`, { data: values, headers: { "If-Match": `"v${version}"` } })) as Stored;
  }
  async read(object: string, id: string): Promise<Stored> {
    return await this.get(`/records/${object}/${id}`) as Stored;
  }
  async query(object: string, query: Record<string, unknown>): Promise<Stored[]> {
    return (await this.post(`/records/${object}/query`, query) as { records: Stored[] }).records;
  }
  /** The record of this name, which there must be exactly one of. */
  async named(object: string, name: string): Promise<Stored> {
    const [found, ...others] = await this.query(object, { filter: { field: "name", op: "eq", value: name } });
    expect(others, `only one ${object} is called ${name}`).toHaveLength(0);
    if (!found) throw new Error(`no ${object} is called ${name}`);
    return found;
  }
}

async function answer(response: APIResponse): Promise<unknown> {
  if (!response.ok()) throw new Error(`${response.status()} ${response.url()}: ${await response.text()}`);
  return response.status() === 204 ? null : response.json();
}

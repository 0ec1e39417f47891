import { randomUUID } from "node:crypto";
import { request, type APIRequestContext } from "@playwright/test";

export interface Heard { sequence: number; author: { kind: string; name: string | null }; text: string }
type Frame = { type: string; [field: string]: unknown };

/** Somebody in the demo company's chat, who speaks as the widget does where sockets are blocked. */
export class Visitor {
  private token: string | null = null;

  private constructor(private readonly context: APIRequestContext) {}

  static async come(url: string): Promise<Visitor> {
    return new Visitor(await request.newContext({ baseURL: url }));
  }
  readonly leave = () => this.context.dispose();

  /** Sends frames and hears what comes, `wait` seconds at most until something does. */
  async exchange(frames: Frame[], { wait = 0, after = 0 } = {}): Promise<Frame[]> {
    const hello = { widget: "demo", token: this.token, page: "https://demo.example/pricing", language: "en", after };
    const response = await this.context.post("/api/v1/chat/exchange", { data: { hello, frames, wait } });
    if (!response.ok()) throw new Error(`${response.status()}: ${await response.text()}`);
    const heard = (await response.json() as { frames: Frame[] }).frames;
    const ready = heard.find((frame) => frame.type === "ready");
    if (typeof ready?.token === "string") this.token = ready.token;
    const refused = heard.find((frame) => frame.type === "refused");
    if (refused) throw new Error(JSON.stringify(refused));
    return heard;
  }

  readonly say = (text: string) => this.exchange([{ type: "say", id: randomUUID(), text, attachments: [], choice: null }]);
  readonly read = (sequence: number) => this.exchange([{ type: "read", sequence }]);

  /** All messages that this visitor may see. */
  async messages(): Promise<Heard[]> {
    const [ready] = await this.exchange([]);
    return ready?.messages as Heard[];
  }
  /** The state of the conversation, as the widget is told. */
  async state(): Promise<string | undefined> {
    const [ready] = await this.exchange([]);
    return (ready?.conversation as { state: string } | null)?.state;
  }

  /** Asks something, asks for a person, and says what they are called. */
  async askForPerson(name: string, email: string | null = "anna@customer.example"): Promise<void> {
    await this.say("How do I reset my password?");
    await until(async () => (await this.messages()).some((message) => message.author.kind === "bot"));
    await this.say("I want to talk to a human");
    await until(async () => (await this.state()) === "queued");
    const form = (await this.messages()).at(-1)?.sequence;
    await this.exchange([{ type: "details", id: randomUUID(), message: form, name, email, skip: false }]);
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("the bot has not answered");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

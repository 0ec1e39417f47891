import { Connection, type Status, type Ways } from "./connection/connection";
import type { Keep } from "./conversation/keep";
import { newId } from "./conversation/newId";
import { Order } from "./conversation/order";
import { Outbox } from "./conversation/outbox";
import { Reading } from "./conversation/reading";
import { Transcript, type Entry } from "./conversation/transcript";
import { OthersTyping, OwnTyping } from "./conversation/typing";
import type { Attachment, Conversation, Hello, Limits, Message, Ready, Refusal, ServerFrame, Visitor, Widget } from "./protocol";

/** Who is at the other end of the wire, as the loader told. */
export interface Caller {
  widget: string;
  language: string;
  page: string;
  token: string | null;
  identity: string | null;
}
/** What the session tells to those around it. */
export interface Around {
  changed: () => void;
  token: (token: string) => void;
  colour: (colour: string) => void;
  unread: (count: number) => void;
  /** A message of the other side's has come while the page was there. */
  news: () => void;
}

const beforeReady: Limits = { text: 4000, file_bytes: 10 * 1024 * 1024, file_types: [] };

/** The conversation as the panel knows it: hears the server's frames, and says what the visitor does. */
export class Session {
  status: Status = "connecting";
  widget: Widget | null = null;
  visitor: Visitor | null = null;
  conversation: Conversation | null = null;
  limits = beforeReady;
  /** A refusal that belongs to nothing that was said. */
  notice: Refusal | null = null;
  readonly outbox: Outbox;
  readonly typing: OthersTyping;
  readonly ownTyping: OwnTyping;
  private readonly connection: Connection;
  private readonly transcript = new Transcript();
  private readonly reading: Reading;
  private readonly order = new Order();
  private agentRead = 0;
  private rated: number | null = null;
  private visible = false;
  /** The proof of identity that the server has taken: the token stands for it, also when it has expired. */
  private taken: string | null = null;

  constructor(
    readonly caller: Caller,
    ways: Ways,
    readonly keep: Keep,
    private readonly around: Around,
  ) {
    this.connection = new Connection(ways, () => this.hello(), {
      frame: (frame) => this.hear(frame),
      status: (status) => this.connected(status),
    });
    this.outbox = new Outbox(keep, {
      last: () => this.order.last,
      send: (frame) => this.connection.send(frame),
      stuck: () => this.connection.reconnect(),
      changed: around.changed,
    });
    this.typing = new OthersTyping(around.changed);
    this.ownTyping = new OwnTyping((on) => this.connection.send({ type: "typing", on }));
    this.reading = new Reading(this.transcript, keep, (sequence) => this.connection.send({ type: "read", sequence }));
  }

  async start(): Promise<void> {
    await this.outbox.load();
    this.connection.connect();
  }

  connect = () => this.connection.connect();
  nudge = () => this.connection.nudge();
  get refusal(): Refusal | null {
    return this.connection.refusal;
  }

  entries(): Entry[] {
    return this.transcript.entries({ outbox: this.outbox.items, readTo: this.agentRead, rated: this.rating(), over: this.conversation?.state === "resolved" });
  }

  say(text: string, attachments: Attachment[] = [], choice: { message: number; value: string } | null = null): void {
    this.ownTyping.ended();
    this.notice = null;
    this.outbox.add({ type: "say", id: newId(), text, attachments: attachments.map(({ id }) => id), choice }, attachments);
  }
  giveDetails(message: number, details: { name: string | null; email: string | null } | null): void {
    this.outbox.add({ type: "details", id: newId(), message, name: details?.name ?? null, email: details?.email ?? null, skip: !details });
  }
  rate(stars: number, comment: string | null): void {
    this.outbox.add({ type: "rate", id: newId(), stars, comment });
  }

  /** Somebody has signed in on the host's site. */
  identify(identity: string): void {
    if (identity === this.caller.identity) return;
    this.caller.identity = identity;
    this.connection.connect();
  }

  /** The panel is open on a page that somebody looks at, or is no longer. */
  seen(visible: boolean): void {
    this.visible = visible;
    this.readAll();
  }

  async forget(): Promise<void> {
    this.connection.close();
    this.outbox.offline();
    await this.keep.clear();
  }

  private hello(): Hello {
    const { widget, token, page, language } = this.caller;
    const identity = this.caller.identity === this.taken ? null : this.caller.identity;
    return { type: "hello", widget, token, identity, page, language, after: this.order.last };
  }

  private connected(status: Status): void {
    this.status = status;
    if (status === "ready") this.outbox.online();
    else this.outbox.offline();
    if (status === "ready") this.readAll();
    else this.typing.ended();
    this.around.changed();
  }

  private hear(frame: ServerFrame): void {
    switch (frame.type) {
      case "ready":
        return this.welcome(frame);
      case "accepted":
        return this.accepted(frame.id, frame.sequence ?? null);
      case "refused":
        return this.refused(frame.id, frame);
      case "message":
        return this.message(frame.message, frame.previous);
      case "typing":
        return this.typing.heard(frame.on, frame.author);
      case "state":
        return this.became(frame.conversation);
      case "read":
        this.agentRead = Math.max(this.agentRead, frame.sequence);
        return this.around.changed();
      case "pong":
    }
  }

  private welcome(ready: Ready): void {
    const { token } = this.caller;
    const knew = this.order.last;
    this.taken = this.caller.identity;
    if (token !== ready.token) {
      this.caller.token = ready.token;
      this.around.token(ready.token);
      // Somebody else as far as the server is concerned: nothing of the other's stays.
      if (token !== null) this.forgetMessages();
    }
    this.widget = ready.widget;
    this.visitor = ready.visitor;
    this.limits = ready.limits;
    this.around.colour(ready.widget.colour);
    const anew = ready.conversation?.id !== this.conversation?.id;
    if (anew && this.conversation) this.forgetMessages();
    this.conversation = ready.conversation;
    this.rated = ready.conversation?.rated ?? null;
    this.agentRead = Math.max(this.agentRead, ready.agent_read);
    if (anew && ready.conversation) void this.reading.load(ready.conversation.id).then(() => this.readAll());
    if (knew && !this.order.last) {
      // The greeting told a position in what is forgotten by now.
      this.connection.connect();
      return;
    }
    for (const message of ready.messages) this.take(message);
    this.order.caughtUp(Math.max(0, ...ready.messages.map(({ sequence }) => sequence)));
    this.readAll();
  }

  private accepted(id: string, sequence: number | null): void {
    const outgoing = this.outbox.items.find((item) => item.id === id);
    if (outgoing) {
      this.transcript.confirm(sequence, outgoing);
      if (outgoing.frame.type === "rate") this.rated = outgoing.frame.stars;
      if (outgoing.frame.type === "say" && sequence !== null) this.order.confirmed(sequence);
    }
    this.outbox.accepted(id);
  }

  private refused(id: string | null, refusal: Refusal): void {
    if (id) return this.outbox.refused(id, refusal);
    // Before the first `ready` it is about the whole connection, which tells of it.
    if (this.status === "ready" && (refusal.retry_after ?? null) === null) this.notice = refusal;
    this.around.changed();
  }

  private message(message: Message, previous?: number): void {
    const came = this.order.came(message.sequence, previous);
    if (came === "gap") return this.connection.reconnect();
    this.take(message);
    if (message.author.kind !== "visitor") this.typing.ended();
    this.readAll();
    if (came === "new" && message.author.kind !== "visitor") this.around.news();
  }

  private take(message: Message): void {
    this.transcript.take(message);
    if (message.client_id) this.outbox.accepted(message.client_id);
  }

  private became(conversation: Conversation): void {
    const another = this.conversation && this.conversation.id !== conversation.id;
    this.conversation = conversation;
    this.rated = conversation.rated;
    if (another) {
      // Its messages are counted from the beginning.
      this.forgetMessages();
      this.connection.reconnect();
    }
    this.readAll();
  }

  private rating(): number | null {
    const pending = this.outbox.items.find(({ frame, refusal }) => frame.type === "rate" && !refusal)?.frame;
    return pending?.type === "rate" ? pending.stars : this.rated;
  }

  private readAll(): void {
    if (this.visible && this.status === "ready") this.reading.seen(this.conversation?.id);
    this.around.unread(this.visible ? 0 : this.reading.unread());
    this.around.changed();
  }

  private forgetMessages(): void {
    this.transcript.clear();
    this.order.reset();
    this.reading.reset();
    this.agentRead = 0;
  }
}

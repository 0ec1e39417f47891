import type { ClientFrame, Hello, Refusal, ServerFrame } from "../protocol";
import { delayAfter } from "./backoff";
import type { OpenWay, Way } from "./way";

export type Status = "connecting" | "ready" | "lost" | "refused";

export interface Ways {
  socket: OpenWay;
  exchange: OpenWay;
}
export interface Listener {
  frame: (frame: ServerFrame) => void;
  status: (status: Status) => void;
}

/** So many failures before anything ever came through a socket mean that something blocks them. */
const patience = 2;
/** A connection that lasted less counts as failed, so that one that is dropped at once is not sought at once. */
const lasting = 10_000;

/** Keeps a way to the server open, or seeks one for as long as it takes. */
export class Connection {
  status: Status = "connecting";
  /** Why the server wants nothing to do with this panel. */
  refusal: Refusal | null = null;
  private way: Way | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private blocked = 0;
  private socketsWork = false;
  private readySince = 0;

  constructor(
    private readonly ways: Ways,
    private readonly hello: () => Hello,
    private readonly listener: Listener,
  ) {}

  /** Seeks a way at once. */
  connect(): void {
    this.close();
    this.refusal = null;
    this.become("connecting");
    const bySocket = this.socketsWork || this.blocked < patience;
    this.way = this.ways[bySocket ? "socket" : "exchange"](this.hello, {
      frame: (frame) => this.hear(frame, bySocket),
      lost: () => this.lose(bySocket),
    });
  }

  /** Begins anew, as after a gap: the greeting tells the server what is missing. */
  reconnect(): void {
    this.close();
    this.seekLater();
  }

  /** The world has changed: the network is back, or somebody looks again. */
  nudge(): void {
    if (this.status === "ready") this.way?.probe();
    else if (this.status === "lost") this.connect();
  }

  send(frame: ClientFrame): boolean {
    if (this.status !== "ready" || !this.way) return false;
    this.way.send(frame);
    return true;
  }

  close(): void {
    clearTimeout(this.retry);
    this.way?.close();
    this.way = null;
  }

  private hear(frame: ServerFrame, bySocket: boolean): void {
    if (frame.type === "ready" && this.status !== "ready") {
      this.readySince = Date.now();
      this.socketsWork ||= bySocket;
      // The listener is told of the connection after what came with it, unless that made it begin anew.
      const way = this.way;
      this.listener.frame(frame);
      if (this.way === way) this.become("ready");
      return;
    }
    if (frame.type === "refused" && frame.id === null && this.status !== "ready") this.refusal = frame;
    this.listener.frame(frame);
  }

  private lose(bySocket: boolean): void {
    if (this.status !== "ready") {
      // Where the way round fails as well it is the server that is away: sockets get another chance.
      if (bySocket) this.blocked += 1;
      else this.blocked = patience - 1;
    }
    this.way = null;
    if (this.refusal && (this.refusal.retry_after ?? null) === null) this.become("refused");
    else this.seekLater();
  }

  private seekLater(): void {
    if (this.readySince && Date.now() - this.readySince > lasting) this.failures = 0;
    this.readySince = 0;
    const delay = Math.max(delayAfter(this.failures), (this.refusal?.retry_after ?? 0) * 1000);
    this.failures += 1;
    this.become("lost");
    this.retry = setTimeout(() => this.connect(), delay);
  }

  private become(status: Status): void {
    this.status = status;
    this.listener.status(status);
  }
}

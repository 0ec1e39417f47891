import type { ClientFrame, ServerFrame } from "../protocol";
import { refusalOf, type OpenWay } from "./way";

/** Seconds that the server holds a question for news. */
const wait = 25;
/** Between two questions, should the server answer the first at once though there is no news. */
const pause = 1_000;

/** The way round whatever blocks sockets: one request waits for news, another brings what the panel has to say. */
export function exchangeWith(address: string): OpenWay {
  return (hello, heard) => {
    const stop = new AbortController();
    let unsent: ClientFrame[] = [];
    let sending = false;
    /** Ends the request that waits for news. */
    let waiting = new AbortController();

    function lose(): void {
      if (stop.signal.aborted) return;
      stop.abort();
      heard.lost();
    }
    async function exchange(frames: ClientFrame[], seconds: number): Promise<number> {
      const greeting = hello();
      const answer = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ hello: greeting, frames, wait: seconds }),
        signal: seconds ? AbortSignal.any([stop.signal, waiting.signal]) : stop.signal,
      });
      if (!answer.ok) {
        heard.frame({ type: "refused", id: null, ...(await refusalOf(answer)) });
        throw new Error(answer.statusText);
      }
      const got = ((await answer.json()) as { frames: ServerFrame[] }).frames;
      if (seconds && isAnothers(got, greeting.token)) return 1;
      for (const frame of got) if (!stop.signal.aborted) heard.frame(frame);
      return got.filter(({ type }) => type !== "ready").length;
    }
    /**
     * Until the first word is stored the server takes every request for a newcomer's. The one that brings the word
     * makes the visitor; what a waiting one is told meanwhile is of nobody.
     */
    function isAnothers(frames: ServerFrame[], asked: string | null): boolean {
      if (hello().token !== asked) return true;
      return sending && frames.some((frame) => frame.type === "ready" && frame.token !== asked);
    }
    /** First without waiting: that tells who the visitor is, before two requests make two of them. */
    async function listen(): Promise<void> {
      await exchange([], 0);
      while (!stop.signal.aborted) {
        const asked = Date.now();
        waiting = new AbortController();
        const { signal } = waiting;
        const news = await exchange([], wait).catch((failure: unknown) => {
          if (signal.aborted) return 1;
          throw failure;
        });
        if (!news && Date.now() - asked < pause) await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    async function deliver(): Promise<void> {
      if (sending) return;
      sending = true;
      while (unsent.length && !stop.signal.aborted) {
        const frames = unsent;
        unsent = [];
        const { token } = hello();
        await exchange(frames, 0);
        // What waits does so for somebody else.
        if (hello().token !== token) waiting.abort();
      }
      sending = false;
    }
    listen().catch(lose);
    return {
      send: (frame) => {
        unsent.push(frame);
        deliver().catch(lose);
      },
      probe: () => undefined, // Each answer is one.
      close: () => stop.abort(),
    };
  };
}

import { useEffect, useState } from "react";
import { address } from "../api/client";
import { heard, nextEnd, type Presences, type Signal } from "./signals";

const longestWait = 60_000;

/** Follows who types, reads and is there. Only while the tab is looked at: browsers hold few connections to a server. */
export function useSignals(): { presences: Presences; now: number } {
  const [presences, setPresences] = useState<Presences>(new Map());
  const [now, setNow] = useState(0);
  useEffect(() => {
    const follow = followSignals((signal) => {
      const at = Date.now();
      setNow(at);
      setPresences((before) => heard(before, signal, at));
    });
    return follow;
  }, []);
  const end = nextEnd(presences, now);
  useEffect(() => {
    if (end === undefined) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, end - Date.now()) + 20);
    return () => clearTimeout(timer);
  }, [end]);
  return { presences, now };
}

function followSignals(tell: (signal: Signal) => void): () => void {
  let stream: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const disconnect = () => { clearTimeout(retry); stream?.close(); stream = null; };
  const connect = () => {
    disconnect();
    if (document.visibilityState !== "visible") return;
    stream = new EventSource(address("/conversations/signals"));
    stream.addEventListener("signal", (message: MessageEvent<string>) => tell(JSON.parse(message.data) as Signal));
    stream.onopen = () => { failures = 0; };
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      failures += 1;
      retry = setTimeout(connect, Math.min(longestWait, 2000 * 2 ** failures) * (0.5 + Math.random() / 2));
    };
  };
  connect();
  document.addEventListener("visibilitychange", connect);
  return () => { document.removeEventListener("visibilitychange", connect); disconnect(); };
}

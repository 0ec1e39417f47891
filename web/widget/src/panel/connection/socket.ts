import type { ServerFrame } from "../protocol";
import type { OpenWay } from "./way";

const pingEvery = 25_000;
/** A socket can look open long after the other side is gone. */
const answerWithin = 10_000;
const probeWithin = 4_000;

/** The usual way: a WebSocket. */
export function socketTo(address: string): OpenWay {
  return (hello, heard) => {
    const socket = new WebSocket(address);
    let closed = false;
    let patience = setTimeout(lose, answerWithin);
    const pings = setInterval(() => ping(answerWithin), pingEvery);

    function close(): void {
      closed = true;
      clearTimeout(patience);
      clearInterval(pings);
      socket.close();
    }
    function lose(): void {
      if (closed) return;
      close();
      heard.lost();
    }
    function ping(within: number): void {
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(JSON.stringify({ type: "ping" }));
      clearTimeout(patience);
      patience = setTimeout(lose, within);
    }
    socket.onopen = () => socket.send(JSON.stringify(hello()));
    socket.onclose = lose;
    socket.onmessage = ({ data }) => {
      if (closed) return;
      clearTimeout(patience);
      heard.frame(JSON.parse(String(data)) as ServerFrame);
    };
    return {
      send: (frame) => socket.send(JSON.stringify(frame)),
      probe: () => ping(probeWithin),
      close,
    };
  };
}

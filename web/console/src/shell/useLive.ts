import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { announce } from "../api/live";
import { meQuery } from "../api/session";
import { recordsKey } from "../api/records";
import { schemaQuery } from "../api/schema";
import type { ChangeEvent } from "../api/types";

export type Live = "on" | "off";

const longestWait = 30_000;
/** The server ends the stream when one's rights change; the browser then comes back by itself, which nobody need see. */
const unnoticed = 6_000;

/** Follows the server's stream of changes and refreshes what they touch; comes back by itself when it breaks. */
export function useLive(): Live {
  const client = useQueryClient();
  const [live, setLive] = useState<Live>("off");
  useEffect(() => {
    let stream: EventSource | null = null;
    let failures = 0;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let flush: ReturnType<typeof setTimeout> | undefined;
    const touched = new Set<string>();
    let lost = false;
    let outage: ReturnType<typeof setTimeout> | undefined;

    const refresh = () => {
      flush = undefined;
      for (const object of touched) void client.invalidateQueries({ queryKey: recordsKey(object) });
      touched.clear();
      void client.invalidateQueries({ queryKey: ["events"] });
    };
    const onChange = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as ChangeEvent;
      const schema = client.getQueryData(schemaQuery.queryKey);
      if (event.kind === "defined" || (schema && !schema.byName.has(event.object))) void client.invalidateQueries({ queryKey: schemaQuery.queryKey });
      announce(event);
      touched.add(event.object);
      flush ??= setTimeout(refresh, 300);
    };
    const connect = () => {
      stream = new EventSource("/api/v1/events/stream");
      stream.addEventListener("change", onChange);
      stream.addEventListener("told", () => void client.invalidateQueries({ queryKey: ["ask", "unread"] }));
      stream.onopen = () => {
        failures = 0;
        clearTimeout(outage);
        outage = undefined;
        setLive("on");
        // What happened while the line was down has not been told.
        if (lost) {
          lost = false;
          announce("missed");
          for (const queryKey of [schemaQuery.queryKey, ["records"], ["events"], ["ask", "unread"]]) void client.invalidateQueries({ queryKey });
        }
      };
      stream.onerror = () => {
        lost = true;
        outage ??= setTimeout(() => setLive("off"), unnoticed);
        if (stream?.readyState !== EventSource.CLOSED) return;
        stream.close();
        failures += 1;
        const wait = Math.min(longestWait, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);
        retry = setTimeout(() => { void client.invalidateQueries({ queryKey: meQuery.queryKey }); connect(); }, wait);
      };
    };
    connect();
    return () => {
      stream?.close();
      clearTimeout(retry);
      clearTimeout(outage);
      clearTimeout(flush);
    };
  }, [client]);
  return live;
}

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useMe } from "../api/session";
import { setTitleBadge } from "../ui/useTitle";
import { attentionQuery, calling, rings, type Calling } from "./attention";
import { lookingAt, useSeen } from "./seen";
import { awaitGesture, ring } from "./sound";
import { useInboxLive } from "./useInboxLive";

/** Keeps an eye on the inbox from whichever page is open: a number in the tab's name, and a sound. Shows nothing. */
export default function InboxWatch() {
  useInboxLive();
  const me = useMe();
  const seen = useSeen(me.id);
  const { data } = useQuery(attentionQuery);
  const before = useRef<Calling[]>(undefined);
  const count = data ? calling(data, seen, me.id).length : 0;
  useEffect(() => awaitGesture(), []);
  useEffect(() => {
    setTitleBadge(count);
    return () => setTitleBadge(0);
  }, [count]);
  useEffect(() => {
    if (!data || data === before.current) return;
    if (rings(before.current, data, seen, me.id, lookingAt())) ring();
    before.current = data;
  }, [data, seen, me.id]);
  return null;
}

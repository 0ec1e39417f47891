import { useEffect, useRef } from "react";
import { signal } from "./api";

/** How often it is said again while somebody goes on typing. */
const pace = 3000;

/** Tells the other side that an answer is being written; the answer says that it no longer is. */
export function useTyping(id: string) {
  const told = useRef(0);
  const stop = () => {
    if (told.current === 0) return;
    told.current = 0;
    void signal(id, { typing: false });
  };
  const typing = () => {
    if (Date.now() - told.current < pace) return;
    told.current = Date.now();
    void signal(id, { typing: true });
  };
  useEffect(() => () => {
    if (told.current > 0) void signal(id, { typing: false });
    told.current = 0;
  }, [id]);
  return { typing, stop };
}

import { useEffect } from "react";

let title = "";
let badge = 0;

function show() {
  document.title = `${badge > 0 ? `(${badge}) ` : ""}${title ? `${title} · ` : ""}Parley`;
}

/** Names the browser's tab. */
export function useTitle(next: string) {
  useEffect(() => {
    title = next;
    show();
  }, [next]);
}

/** How many things wait for this person, before the tab's name; whichever page is open. */
export function setTitleBadge(count: number) {
  badge = count;
  show();
}

import { useState } from "react";

export interface Selection { ids: Set<string>; toggle: (id: string) => void; replace: (ids: string[]) => void }

export function useSelection(): Selection {
  const [ids, setIds] = useState<Set<string>>(new Set());
  return {
    ids,
    replace: (next) => setIds(new Set(next)),
    toggle: (id) => setIds((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    }),
  };
}

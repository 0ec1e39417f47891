import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { mayAnswer, useSchema, type Schema } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { shortcutsOn } from "./shortcuts";

/** A letter for each object in the navigation: the first of its plural that is still free. */
export function goLetters(schema: Schema): { letter: string; object: ObjectDef }[] {
  const taken = new Set(mayAnswer(schema) ? ["h", "i"] : ["h"]);
  return schema.objects.filter((object) => object.in_navigation && object.rights.read).flatMap((object) => {
    const letter = object.plural_label.toLowerCase().match(/[a-z]/g)?.find((candidate) => !taken.has(candidate));
    if (!letter) return [];
    taken.add(letter);
    return [{ letter, object }];
  });
}

/** "g" and a letter goes to an object's list, "g h" home, "g i" to the inbox. */
export function useGoShortcuts() {
  const schema = useSchema();
  const navigate = useNavigate();
  useEffect(() => {
    let pressed = 0;
    const letters = goLetters(schema);
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || !shortcutsOn() || target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest("[role=dialog], [role=menu]")) return;
      if (Date.now() - pressed > 1200) {
        pressed = event.key === "g" ? Date.now() : 0;
        return;
      }
      pressed = 0;
      const hit = letters.find(({ letter }) => letter === event.key);
      if (event.key === "h") void navigate({ to: "/" });
      else if (event.key === "i" && mayAnswer(schema)) void navigate({ to: "/inbox" });
      else if (hit) void navigate({ to: "/records/$object", params: { object: hit.object.name } });
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", listen, true);
    return () => window.removeEventListener("keydown", listen, true);
  }, [schema, navigate]);
}

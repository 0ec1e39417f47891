import { useQueryClient } from "@tanstack/react-query";
import { eventOfVersion, revertEvent } from "../api/events";
import { recordsKey } from "../api/records";
import type { RecordData } from "../api/types";
import { useText } from "../i18n";

/** Takes back the change that made this version of a record. */
export function useUndo(object: string) {
  const client = useQueryClient();
  const t = useText();
  return async (record: RecordData) => {
    const event = await eventOfVersion(object, record.id, record.version);
    if (!event) throw new Error(t("error.unexpected"));
    await revertEvent(event.sequence);
    await client.invalidateQueries({ queryKey: recordsKey(object) });
  };
}

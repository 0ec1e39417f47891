import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { aggregateQuery } from "../api/records";
import { useObject } from "../api/schema";
import { useLocale } from "../i18n";
import { aggregateOf, figureText } from "./figures";
import { useAskText } from "./texts";
import type { Answer } from "./types";

/** One figure. It follows what changes as long as it is among the last. */
export function Figure({ answer: { object: name = "", query, value }, live }: { answer: Answer; live: boolean }) {
  const t = useAskText();
  const tools = useLocale();
  const object = useObject(name);
  const { data } = useQuery({ ...aggregateQuery(name, query ? aggregateOf(query) : { measures: [] }), enabled: live && query !== undefined && object !== undefined });
  const now = data ? data.groups[0]?.values[0] ?? (value === 0 ? 0 : null) : value;
  return (
    <Typography component="p" sx={{ fontSize: "1.75rem", fontWeight: 650, lineHeight: 1.3, fontVariantNumeric: "tabular-nums", overflowWrap: "anywhere" }}>
      {now === null || now === undefined ? t("figure.none") : figureText(now, query, object, tools)}
    </Typography>
  );
}

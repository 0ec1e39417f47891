import StarIcon from "@mui/icons-material/Star";
import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import MuiLink from "@mui/material/Link";
import { lazy, Suspense } from "react";
import { fileAddress } from "../api/records";
import { targetOf, valueType } from "../api/schema";
import type { Field, RecordData } from "../api/types";
import { useLocale } from "../i18n";
import { Link } from "../ui/links";
import { addressLines, optionLabel, valueText } from "./valueText";

const JsonValue = lazy(() => import("./JsonValue"));
const Markdown = lazy(() => import("./Markdown"));

interface FieldValueProps { field: Field; value: unknown; names?: RecordData["_names"]; full?: boolean }

/** A value as it is shown: `full` on a record's own page, else one line for a cell. */
export function FieldValue({ field, value, names, full }: FieldValueProps) {
  const tools = useLocale();
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return <Box component="span" sx={{ color: "text.secondary" }}>{full ? "–" : ""}</Box>;
  const text = valueText(field, value, tools, names);
  switch (valueType(field)) {
    case "email": return <MuiLink href={`mailto:${text}`}>{text}</MuiLink>;
    case "phone": return <MuiLink href={`tel:${text}`}>{text}</MuiLink>;
    case "url": return /^https?:/i.test(text) ? <MuiLink href={text} target="_blank" rel="noopener noreferrer">{text.replace(/^https?:\/\//, "")}</MuiLink> : <>{text}</>;
    case "select": return <OptionChip field={field} value={value} />;
    case "multi_select": return <Box component="span" sx={{ display: "inline-flex", gap: 0.5, flexWrap: "wrap" }}>{(value as string[]).map((key) => <OptionChip key={key} field={field} value={key} />)}</Box>;
    case "reference": case "user": return <ReferenceLink object={targetOf(field)} id={value as string} text={text} plain={!full} />;
    case "any_reference": {
      const { object, id } = value as { object: string; id: string };
      return <ReferenceLink object={object} id={id} text={text} plain={!full} />;
    }
    case "references": return <ReferenceLinks field={field} ids={value as string[]} names={names} plain={!full} />;
    case "file": return <MuiLink href={fileAddress(value as string)} target="_blank" rel="noopener">{text}</MuiLink>;
    case "rating": return <Rating value={Number(value)} max={field.max ?? 5} text={text} />;
    case "rich_text": return full ? <Suspense fallback={text}><Markdown text={text} /></Suspense> : <>{text.replace(/[*_#>`]/g, "")}</>;
    case "long_text": return full ? <Box component="span" sx={{ whiteSpace: "pre-wrap" }}>{text}</Box> : <>{text}</>;
    case "address": return full ? <>{addressLines(value).map((line) => <Box key={line}>{line}</Box>)}</> : <>{text}</>;
    case "json": return full ? <Suspense><JsonValue value={value} label={field.label} /></Suspense> : <>{text}</>;
    default: return <>{text}</>;
  }
}

function OptionChip({ field, value }: { field: Field; value: unknown }) {
  const colour = field.options?.find((option) => option.key === value)?.colour;
  return (
    <Chip
      component="span" variant="outlined" label={optionLabel(field, value)} sx={{ height: 22, fontSize: "0.75rem" }}
      icon={colour ? <Box component="span" sx={{ width: 8, height: 8, borderRadius: "50%", bgcolor: colour, ml: "8px !important" }} /> : undefined}
    />
  );
}

function ReferenceLink({ object, id, text, plain }: { object: string | null; id: string; text: string; plain: boolean }) {
  return object ? <Link to="/records/$object/$id" params={{ object, id }} color={plain ? "inherit" : "primary"}>{text}</Link> : <>{text}</>;
}

function ReferenceLinks({ field, ids, names, plain }: { field: Field; ids: string[]; names?: RecordData["_names"]; plain: boolean }) {
  const labels = names?.[field.name];
  const target = targetOf(field);
  return <>{ids.map((id, index) => <span key={id}>{index > 0 && ", "}<ReferenceLink object={target} id={id} text={Array.isArray(labels) ? (labels[index] ?? id) : id} plain={plain} /></span>)}</>;
}

function Rating({ value, max, text }: { value: number; max: number; text: string }) {
  return (
    <Box component="span" role="img" aria-label={`${text} / ${max}`} sx={{ display: "inline-flex", color: "warning.main", verticalAlign: "middle" }}>
      {Array.from({ length: Math.min(max, 10) }, (_, star) => <StarIcon key={star} sx={{ fontSize: 16, opacity: star < value ? 1 : 0.2 }} />)}
    </Box>
  );
}

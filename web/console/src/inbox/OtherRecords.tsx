import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { fieldOf, useSchema } from "../api/schema";
import type { Filter, RecordData } from "../api/types";
import { optionLabel } from "../fields/valueText";
import { useLocale } from "../i18n";
import { nameOf } from "../records/columns";
import { Card } from "../ui/Card";
import { Link } from "../ui/links";
import { othersQuery } from "./api";
import { useInboxText } from "./texts";
import type { Conversation } from "./types";

/** What else there is of the same customer. */
export function OtherRecords({ conversation }: { conversation: Conversation }) {
  const t = useInboxText();
  const { id, contact_id, visitor_id, ticket_id } = conversation;
  const tickets = useOthers("ticket", contact_id ? eq("contact_id", contact_id) : undefined, ticket_id);
  const same = [contact_id && eq("contact_id", contact_id), visitor_id && eq("visitor_id", visitor_id)].filter((filter): filter is Filter => Boolean(filter));
  const conversations = useOthers("conversation", same.length > 0 ? { or: same } : undefined, id);
  return (
    <>
      {tickets.length > 0 && <Card dense title={t("others.tickets")}><Rows object="ticket" field="status" records={tickets} /></Card>}
      {conversations.length > 0 && <Card dense title={t("others.conversations")}><Rows object="conversation" field="state" records={conversations} /></Card>}
    </>
  );
}

const eq = (field: string, value: string): Filter => ({ field, op: "eq", value });

function useOthers(object: string, filter: Filter | undefined, except: string | null): RecordData[] {
  const enabled = useSchema().byName.has(object) && filter !== undefined;
  const { data = [] } = useQuery({ ...othersQuery(object, filter ?? { and: [] }, [filter]), enabled });
  return data.filter((record) => record.id !== except).slice(0, 5);
}

function Rows({ object, field: name, records }: { object: "ticket" | "conversation"; field: string; records: RecordData[] }) {
  const { format } = useLocale();
  const field = fieldOf(useSchema().byName.get(object), name);
  const title = (record: RecordData) => [record.number, typeof record.subject === "string" && record.subject ? record.subject : nameOf(record)].filter(Boolean).join(" ");
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
      {records.map((record) => (
        <Box component="li" key={record.id} sx={{ px: 2, py: 1, overflowWrap: "anywhere", "& + li": { borderTop: 1, borderColor: "divider" } }}>
          {object === "ticket" ? <Link to="/records/$object/$id" params={{ object, id: record.id }}>{title(record)}</Link> : <Link to="/inbox" search={(before) => ({ tab: "tab" in before ? before.tab : undefined, id: record.id })}>{title(record)}</Link>}
          <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>{[field && optionLabel(field, record[name]), format.ago(record.created_at)].filter(Boolean).join(" · ")}</Typography>
        </Box>
      ))}
    </Box>
  );
}

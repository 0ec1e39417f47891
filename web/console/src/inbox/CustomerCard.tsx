import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import MuiLink from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { useSchema } from "../api/schema";
import type { RecordData } from "../api/types";
import { nameOf } from "../records/columns";
import { Card } from "../ui/Card";
import { Link } from "../ui/links";
import { Waiting } from "../ui/Waiting";
import { othersQuery } from "./api";
import { useInboxText } from "./texts";
import { nameIn } from "./types";
import type { Customer } from "./useCustomer";

/** Who the customer is: the contact they have proven to be, else what they say. */
export function CustomerCard({ customer, there }: { customer: Customer; there?: boolean }) {
  const t = useInboxText();
  return (
    <Card title={t("customer.title")}>
      {customer.pending ? <Waiting lines={2} /> : customer.contact ? <Proven contact={customer.contact} /> : <Unproven given={customer.given} />}
      {there !== undefined && <Typography variant="body2" sx={{ mt: 0.75, color: there ? "success.main" : "text.secondary" }}>{t(there ? "customer.here" : "customer.left")}</Typography>}
    </Card>
  );
}

function Proven({ contact }: { contact: RecordData }) {
  const t = useInboxText();
  const account = nameIn(contact, "account_id");
  return (
    <>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <Link to="/records/$object/$id" params={{ object: "contact", id: contact.id }} sx={{ fontWeight: 600, overflowWrap: "anywhere" }}>{nameOf(contact)}</Link>
        <Chip label={t("customer.proven")} color="success" variant="outlined" sx={{ height: 20 }} />
      </Box>
      {text(contact.title) && <Line>{text(contact.title)}</Line>}
      {account && typeof contact.account_id === "string" && <Line><Link to="/records/$object/$id" params={{ object: "account", id: contact.account_id }}>{account}</Link></Line>}
      {text(contact.email) && <Line><MuiLink href={`mailto:${text(contact.email)}`}>{text(contact.email)}</MuiLink></Line>}
      {text(contact.phone) && <Line><MuiLink href={`tel:${text(contact.phone)}`}>{text(contact.phone)}</MuiLink></Line>}
    </>
  );
}

function Unproven({ given: { name, email } }: { given: Customer["given"] }) {
  const t = useInboxText();
  const known = useSchema().byName.has("contact") && email !== undefined;
  const { data: matches = [] } = useQuery({ ...othersQuery("contact", { field: "email", op: "eq", value: email }, ["email", email]), enabled: known });
  if (!name && !email) return <Typography sx={{ color: "text.secondary" }}>{t("customer.unknown")}</Typography>;
  return (
    <>
      <Box sx={{ display: "flex", gap: 1, alignItems: "center", flexWrap: "wrap" }}>
        <Box component="span" sx={{ fontWeight: 600, overflowWrap: "anywhere" }}>{name ? t("customer.says", { name }) : t("customer.saysAddress", { address: email ?? "" })}</Box>
        <Chip label={t("customer.unproven")} color="warning" variant="outlined" sx={{ height: 20 }} />
      </Box>
      {name && email && <Line>{email}</Line>}
      {matches.length > 0 && <Line>{t("customer.match")} {matches.map((contact, index) => <span key={contact.id}>{index > 0 && ", "}<Link to="/records/$object/$id" params={{ object: "contact", id: contact.id }} underline="always">{nameOf(contact)}</Link></span>)}</Line>}
    </>
  );
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
const Line = ({ children }: { children: React.ReactNode }) => <Typography component="div" variant="body2" sx={{ mt: 0.25, overflowWrap: "anywhere" }}>{children}</Typography>;

import AdminIcon from "@mui/icons-material/AdminPanelSettingsOutlined";
import HistoryIcon from "@mui/icons-material/History";
import HomeIcon from "@mui/icons-material/HomeOutlined";
import KeyIcon from "@mui/icons-material/KeyOutlined";
import SchemaIcon from "@mui/icons-material/SchemaOutlined";
import Box from "@mui/material/Box";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import ListSubheader from "@mui/material/ListSubheader";
import type { ReactNode } from "react";
import { useSchema } from "../api/schema";
import { useAbility } from "../api/session";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { ListItemLink } from "../ui/links";
import { ObjectPicture } from "../ui/ObjectPicture";
import { administered } from "./administered";

export function Navigation({ onChoose }: { onChoose?: () => void }) {
  const t = useText();
  const schema = useSchema();
  const may = { configure: useAbility("configure"), users: useAbility("manage_users"), audit: useAbility("read_audit"), keys: useAbility("manage_keys") };
  const shown = schema.objects.filter((object) => object.in_navigation && object.rights.read);
  const people = may.users ? administered(schema) : [];
  const admin = may.configure || may.audit || may.keys || people.length > 0;
  return (
    <Box onClick={onChoose} sx={{ py: 1 }}>
      <List dense disablePadding sx={{ px: 1 }}>
        <Item to="/" exact icon={<HomeIcon fontSize="small" />} label={t("home.title")} />
        {shown.filter((object) => !object.custom).map((object) => <ObjectItem key={object.name} object={object} />)}
      </List>
      <Section title={t("shell.customObjects")} shown={shown.some((object) => object.custom)}>
        {shown.filter((object) => object.custom).map((object) => <ObjectItem key={object.name} object={object} />)}
      </Section>
      <Section title={t("admin.title")} shown={admin}>
        {people.map((object) => <ObjectItem key={object.name} object={object} />)}
        {may.configure && <Item to="/admin/objects" icon={<SchemaIcon fontSize="small" />} label={t("admin.objects")} />}
        {may.keys && <Item to="/admin/api-keys" icon={<KeyIcon fontSize="small" />} label={t("admin.keys")} />}
        {may.audit && <Item to="/admin/audit" icon={<HistoryIcon fontSize="small" />} label={t("admin.audit")} />}
      </Section>
    </Box>
  );
}

function Section({ title, shown, children }: { title: string; shown: boolean; children: ReactNode }) {
  if (!shown) return null;
  return <List dense disablePadding sx={{ px: 1, mt: 1.5 }} aria-label={title} subheader={<ListSubheader component="div" aria-hidden sx={{ lineHeight: 2.4, fontSize: "0.6875rem", fontWeight: 650, letterSpacing: "0.06em", textTransform: "uppercase", bgcolor: "transparent", position: "static" }}>{title}</ListSubheader>}>{children}</List>;
}

function ObjectItem({ object }: { object: ObjectDef }) {
  return (
    <ListItem disablePadding>
      <ListItemLink to="/records/$object" params={{ object: object.name }} activeOptions={{ includeSearch: false }} activeProps={{ selected: true, "aria-current": "page" }} sx={{ py: 0.375, my: 0.125 }}>
        <ListItemIcon sx={{ minWidth: 34 }}><ObjectPicture object={object} size={22} /></ListItemIcon>
        <ListItemText primary={object.plural_label} slotProps={{ primary: { noWrap: true } }} />
      </ListItemLink>
    </ListItem>
  );
}

function Item({ to, exact, icon = <AdminIcon fontSize="small" />, label }: { to: "/" | "/admin/objects" | "/admin/api-keys" | "/admin/audit"; exact?: boolean; icon?: ReactNode; label: string }) {
  return (
    <ListItem disablePadding>
      <ListItemLink to={to} activeOptions={{ exact: exact ?? false, includeSearch: false }} activeProps={{ selected: true, "aria-current": "page" }} sx={{ py: 0.375, my: 0.125 }}>
        <ListItemIcon sx={{ minWidth: 34, color: "text.secondary", pl: "1px" }}>{icon}</ListItemIcon>
        <ListItemText primary={label} />
      </ListItemLink>
    </ListItem>
  );
}

import HistoryIcon from "@mui/icons-material/History";
import HomeIcon from "@mui/icons-material/HomeOutlined";
import KeyIcon from "@mui/icons-material/KeyOutlined";
import SchemaIcon from "@mui/icons-material/SchemaOutlined";
import Box from "@mui/material/Box";
import { useId, type ReactNode } from "react";
import { mayAnswer, useSchema } from "../api/schema";
import { useAbility } from "../api/session";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { InboxLink } from "../inbox/InboxLink";
import { ObjectPicture } from "../ui/ObjectPicture";
import { administered } from "./administered";
import { NavigationLink } from "./NavigationLink";

export function Navigation({ onChoose }: { onChoose?: () => void }) {
  const t = useText();
  const schema = useSchema();
  const may = { configure: useAbility("configure"), users: useAbility("manage_users"), audit: useAbility("read_audit"), keys: useAbility("manage_keys") };
  const shown = schema.objects.filter((object) => object.in_navigation && object.rights.read);
  const turns = schema.byName.get("bot_turn");
  const people = may.users ? administered(schema) : [];
  const intents = schema.byName.get("intent");
  const administers = may.configure || may.audit || people.length > 0;
  const link = (object: ObjectDef) => (
    <NavigationLink key={object.name} to="/records/$object" params={{ object: object.name }} icon={<ObjectPicture object={object} size={22} />} onClick={onChoose}>{object.plural_label}</NavigationLink>
  );
  return (
    <Box sx={{ py: 1 }}>
      <Section>
        <NavigationLink to="/" activeOptions={{ exact: true }} icon={<HomeIcon fontSize="small" />} onClick={onChoose}>{t("home.title")}</NavigationLink>
        {mayAnswer(schema) && <InboxLink onClick={onChoose} />}
        {shown.filter((object) => !object.custom).map(link)}
        {intents?.rights.read && <NavigationLink to="/intents" icon={<ObjectPicture object={intents} size={22} />} onClick={onChoose}>{intents.plural_label}</NavigationLink>}
        {turns?.rights.read && <NavigationLink to="/knowledge" icon={<ObjectPicture object={turns} size={22} />} onClick={onChoose}>{t("knowledge.title")}</NavigationLink>}
      </Section>
      {shown.some((object) => object.custom) && <Section title={t("shell.customObjects")}>{shown.filter((object) => object.custom).map(link)}</Section>}
      {administers && (
        <Section title={t("admin.title")}>
          {people.map(link)}
          {may.configure && <NavigationLink to="/admin/objects" icon={<SchemaIcon fontSize="small" />} onClick={onChoose}>{t("admin.objects")}</NavigationLink>}
          {may.keys && <NavigationLink to="/admin/api-keys" icon={<KeyIcon fontSize="small" />} onClick={onChoose}>{t("admin.keys")}</NavigationLink>}
          {may.audit && <NavigationLink to="/admin/audit" icon={<HistoryIcon fontSize="small" />} onClick={onChoose}>{t("admin.audit")}</NavigationLink>}
        </Section>
      )}
    </Box>
  );
}

function Section({ title, children }: { title?: string; children: ReactNode }) {
  const id = useId();
  return (
    <>
      {title && <Box id={id} sx={{ px: 2.25, pt: 2, pb: 0.5, fontSize: "0.6875rem", fontWeight: 650, letterSpacing: "0.06em", textTransform: "uppercase", color: "text.secondary" }}>{title}</Box>}
      <Box component="ul" aria-labelledby={title && id} sx={{ listStyle: "none", m: 0, px: 1, py: 0 }}>{children}</Box>
    </>
  );
}

import Box from "@mui/material/Box";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import { useQueries } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { listQuery } from "../api/records";
import { useSchema } from "../api/schema";
import { useMe } from "../api/session";
import type { Filter, ObjectDef } from "../api/types";
import { useLocale } from "../i18n";
import { Card } from "../ui/Card";
import { Link } from "../ui/links";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";
import { Waiting } from "../ui/Waiting";

const DueSoon = lazy(() => import("../records/DueSoon"));
const RecentEvents = lazy(() => import("../events/RecentEvents"));

const mine: Filter = { field: "owner_id", op: "eq", value: { me: true } };

/** The day at a glance: what is mine, what is due soon, what happened. */
export function HomePage() {
  const { t, format } = useLocale();
  const me = useMe();
  const schema = useSchema();
  const owned = schema.objects.filter((object) => object.in_navigation && object.rights.read && object.owned);
  return (
    <>
      <PageHeader title={t("home.greeting", { name: me.name.split(" ")[0] ?? me.name })} subtitle={new Intl.DateTimeFormat(format.language, { dateStyle: "full", timeZone: format.zone }).format(new Date())} />
      <Mine objects={owned} />
      <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 1fr) minmax(0, 1fr)" }, alignItems: "start" }}>
        <Suspense fallback={<Card title={t("home.due")}><Waiting lines={5} /></Card>}><DueSoon objects={owned} filter={mine} /></Suspense>
        <Suspense fallback={<Card title={t("home.recent")}><Waiting lines={5} /></Card>}><RecentEvents /></Suspense>
      </Box>
    </>
  );
}

function Mine({ objects }: { objects: ObjectDef[] }) {
  const { t, format } = useLocale();
  const counts = useQueries({ queries: objects.map((object) => listQuery(object.name, { filter: mine, limit: 1, total: true })) });
  const shown = objects.map((object, index) => ({ object, total: counts[index]?.data?.total })).filter(({ total }) => total !== 0);
  if (shown.length === 0) return null;
  return (
    <Box component="ul" aria-label={t("home.mine")} sx={{ listStyle: "none", m: 0, p: 0, mb: 2, display: "grid", gap: 1, gridTemplateColumns: "repeat(auto-fill, minmax(150px, 1fr))" }}>
      {shown.map(({ object, total }) => (
        <Paper key={object.name} component="li" variant="outlined">
          <Link to="/records/$object" params={{ object: object.name }} search={{ filter: mine }} underline="none" color="inherit" sx={{ display: "flex", gap: 1.25, alignItems: "center", p: 1.25, borderRadius: 2, "&:hover": { bgcolor: "action.hover" } }}>
            <ObjectPicture object={object} size={32} />
            <Box sx={{ minWidth: 0 }}>
              <Typography sx={{ fontWeight: 650, fontSize: "1.125rem", lineHeight: 1.2, fontVariantNumeric: "tabular-nums" }}>{total === undefined ? "–" : format.number(total)}</Typography>
              <Typography sx={{ color: "text.secondary" }} noWrap variant="body2">{t("home.myObjects", { objects: object.plural_label })}</Typography>
            </Box>
          </Link>
        </Paper>
      ))}
    </Box>
  );
}

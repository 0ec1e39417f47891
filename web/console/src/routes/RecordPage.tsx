import Box from "@mui/material/Box";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import useMediaQuery from "@mui/material/useMediaQuery";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { recordQuery } from "../api/records";
import { fieldOf, useObject } from "../api/schema";
import type { ObjectDef, RecordData } from "../api/types";
import { useText } from "../i18n";
import { Duplicates } from "../records/Duplicates";
import { isGrants } from "../records/FormFields";
import { RecordDetails } from "../records/RecordDetails";
import { RecordHeader } from "../records/RecordHeader";
import { RelatedRecords } from "../records/RelatedRecords";
import { Timeline } from "../records/Timeline";
import { useShortcut } from "../shell/shortcuts";
import { NotFound } from "../ui/NotFound";
import { isGone } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { Waiting } from "../ui/Waiting";

const GrantsCard = lazy(() => import("../admin/GrantsCard"));
const UserSignIn = lazy(() => import("../admin/UserSignIn"));

export function RecordPage() {
  const { object: name, id } = useParams({ from: "/app/records/$object/$id" });
  const object = useObject(name);
  const query = useQuery({ ...recordQuery(name, id), enabled: object !== undefined });
  if (!object || isGone(query.error)) return <NotFound />;
  if (query.error && !query.data) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return query.data ? <Record key={id} object={object} record={query.data} /> : <Waiting lines={12} />;
}

function Record({ object, record }: { object: ObjectDef; record: RecordData }) {
  const t = useText();
  const navigate = useNavigate();
  // A table of rights needs the whole width.
  const narrow = useMediaQuery((theme) => theme.breakpoints.down("lg")) || object.fields.some(isGrants);
  const [tab, setTab] = useState<"details" | "related" | "timeline">("details");
  useShortcut("e", () => void navigate({ to: "/records/$object/$id/edit", params: { object: object.name, id: record.id } }), object.rights.update && !record.deleted_at);
  const related = (object.relations?.length ?? 0) > 0;
  const details = (
    <>
      <RecordDetails object={object} record={record} />
      <Suspense>
        {object.fields.some(isGrants) && <GrantsCard grants={record.grants} />}
        {object.name === "user" && fieldOf(object, "email") && <UserSignIn user={record} />}
      </Suspense>
    </>
  );
  return (
    <>
      <RecordHeader object={object} record={record} />
      <Duplicates object={object} record={record} />
      {narrow ? (
        <>
          <Tabs value={tab} onChange={(_, next: typeof tab) => setTab(next)} aria-label={t("record.parts")} sx={{ mb: 2, borderBottom: 1, borderColor: "divider" }}>
            <Tab value="details" id="tab-details" aria-controls="panel" label={t("record.details")} />
            {related && <Tab value="related" id="tab-related" aria-controls="panel" label={t("record.related")} />}
            <Tab value="timeline" id="tab-timeline" aria-controls="panel" label={t("record.timeline")} />
          </Tabs>
          <div role="tabpanel" id="panel" aria-labelledby={`tab-${tab}`}>
            {tab === "details" && details}
            {tab === "related" && <RelatedRecords object={object} record={record} />}
            {tab === "timeline" && <Timeline object={object} record={record} />}
          </div>
        </>
      ) : (
        <Box sx={{ display: "grid", gridTemplateColumns: "minmax(0, 7fr) minmax(320px, 5fr)", gap: 2, alignItems: "start" }}>
          <div>{details}{related && <RelatedRecords object={object} record={record} />}</div>
          <Timeline object={object} record={record} />
        </Box>
      )}
    </>
  );
}

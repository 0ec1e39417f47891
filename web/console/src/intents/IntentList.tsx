import ExpandIcon from "@mui/icons-material/ExpandMore";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fieldOf } from "../api/schema";
import type { ObjectDef, RecordData } from "../api/types";
import { countsQuery } from "./api";
import { Examples } from "./Examples";
import { IntentDialog } from "./IntentDialog";
import { useIntentText } from "./texts";

/** The intents, each opened to its sentences. */
export function IntentList({ object, intents, open, onOpen }: { object: ObjectDef; intents: RecordData[]; open?: string; onOpen: (intent?: string) => void }) {
  const t = useIntentText();
  const counts = useQuery(countsQuery).data;
  const [editing, setEditing] = useState<RecordData | null>(null);
  const actions = new Map(fieldOf(object, "action")?.options?.map((option) => [option.key, option.label]));
  return (
    <Box>
      {intents.map((intent) => {
        const count = counts?.get(intent.id) ?? { learnt: 0, tests: 0 };
        const facts = [actions.get(String(intent.action)), t("intents.examples", { count: count.learnt }), count.tests > 0 && t("intents.tests", { count: count.tests })];
        return (
          <Accordion key={intent.id} variant="outlined" disableGutters expanded={open === intent.id} onChange={(_, expanded) => onOpen(expanded ? intent.id : undefined)} slotProps={{ transition: { unmountOnExit: true }, heading: { component: "h3" } }}>
            <AccordionSummary expandIcon={<ExpandIcon />} id={`intent-${intent.id}`} aria-controls={`sentences-${intent.id}`}>
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Typography component="span" sx={{ display: "block", fontWeight: 600, overflowWrap: "anywhere" }}>{intent.name}</Typography>
                <Typography component="span" variant="body2" sx={{ display: "block", color: "text.secondary" }}>{facts.filter(Boolean).join(" · ")}</Typography>
              </Box>
              {intent.is_active === false && <Chip size="small" label={t("intents.off")} sx={{ alignSelf: "center", mr: 1 }} />}
            </AccordionSummary>
            <AccordionDetails>
              {object.rights.update && <Button variant="outlined" size="small" sx={{ mb: 1 }} onClick={() => setEditing(intent)} aria-label={t("intents.edit", { name: intent.name ?? "" })}>{t("action.edit")}</Button>}
              <Examples intent={intent} />
            </AccordionDetails>
          </Accordion>
        );
      })}
      {editing && <IntentDialog object={object} intent={editing} onClose={() => setEditing(null)} />}
    </Box>
  );
}

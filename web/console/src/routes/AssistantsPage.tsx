import Box from "@mui/material/Box";
import { useAbility } from "../api/session";
import { AllClients } from "../assistants/AllClients";
import { Calls } from "../assistants/Calls";
import { Connect } from "../assistants/Connect";
import { OwnConsents } from "../assistants/OwnConsents";
import { useAssistantText } from "../assistants/texts";
import { PageHeader } from "../ui/PageHeader";

/** Assistants: how to connect them, and what they may do. */
export function AssistantsPage() {
  const t = useAssistantText();
  const administers = useAbility("manage_users");
  return (
    <Box sx={{ maxWidth: 960, mx: "auto" }}>
      <PageHeader title={t("assistants.title")} subtitle={t("assistants.text")} />
      <Connect />
      <OwnConsents />
      {administers && <AllClients />}
      {administers && <Calls />}
    </Box>
  );
}

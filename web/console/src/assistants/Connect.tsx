import Box from "@mui/material/Box";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { Card } from "../ui/Card";
import { CopyBox } from "./CopyBox";
import { setUps } from "./setUps";
import { useAssistantText } from "./texts";

/** Ready-made set-up for the common programs. */
export function Connect() {
  const t = useAssistantText();
  const [chosen, setChosen] = useState(setUps[0]?.id);
  const setUp = setUps.find(({ id }) => id === chosen);
  const address = `${window.location.origin}/mcp`;
  return (
    <Card title={t("connect.title")}>
      <Typography variant="h3" sx={{ mb: 0.5 }}>{t("assistants.address")}</Typography>
      <CopyBox text={address} label={t("assistants.copyAddress")} />
      <Tabs value={chosen} onChange={(_, id: string) => setChosen(id)} variant="scrollable" allowScrollButtonsMobile aria-label={t("connect.which")} sx={{ borderBottom: 1, borderColor: "divider", mb: 2 }}>
        {setUps.map(({ id, name, nameKey }) => <Tab key={id} value={id} id={`set-up-${id}`} aria-controls="set-up" label={nameKey ? t(nameKey) : name} sx={{ textTransform: "none" }} />)}
      </Tabs>
      {setUp && (
        <Box role="tabpanel" id="set-up" aria-labelledby={`set-up-${setUp.id}`}>
          <Typography sx={{ mb: 1 }}>{t(setUp.text)}</Typography>
          {setUp.code && <CopyBox text={setUp.code(address)} label={t("assistants.copySetUp")} />}
          {setUp.after && <Typography sx={{ mb: 1 }}>{t(setUp.after)}</Typography>}
          {setUp.asks && <Typography sx={{ color: "text.secondary" }}>{t("connect.then")}</Typography>}
        </Box>
      )}
    </Card>
  );
}

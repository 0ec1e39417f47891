import Box from "@mui/material/Box";
import Tab from "@mui/material/Tab";
import Tabs from "@mui/material/Tabs";
import useMediaQuery from "@mui/material/useMediaQuery";
import { useId, useState, type ReactNode } from "react";
import { useArticleText } from "./texts";

/** Words and preview side by side, or one at a time where there is no room for both. */
export function Panes({ write, preview }: { write: ReactNode; preview: ReactNode }) {
  const t = useArticleText();
  const id = useId();
  const narrow = useMediaQuery((theme) => theme.breakpoints.down("md"));
  const [tab, setTab] = useState<"write" | "preview">("write");
  if (!narrow) {
    return (
      <Box sx={{ display: "grid", gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)" }}>
        <Box sx={{ borderRight: 1, borderColor: "divider" }}>{write}</Box>
        {preview}
      </Box>
    );
  }
  return (
    <>
      <Tabs value={tab} onChange={(_, next: typeof tab) => setTab(next)} aria-label={t("article.parts")} sx={{ borderBottom: 1, borderColor: "divider" }}>
        <Tab value="write" id={`${id}-write`} aria-controls={`${id}-panel`} label={t("article.write")} />
        <Tab value="preview" id={`${id}-preview`} aria-controls={`${id}-panel`} label={t("article.preview")} />
      </Tabs>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>{tab === "write" ? write : preview}</div>
    </>
  );
}

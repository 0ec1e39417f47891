import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Drawer from "@mui/material/Drawer";
import Typography from "@mui/material/Typography";
import { useId, useState } from "react";
import type { Filter, ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { FilterBuilder } from "./FilterBuilder";
import { emptyGroup, fromFilter, toFilter } from "./model";

interface FilterDrawerProps { object: ObjectDef; filter: Filter | undefined; onApply: (filter: Filter | undefined) => void; onClose: () => void }

/** The filter being written; nothing changes until it is applied. Mounted only while open. */
export default function FilterDrawer({ object, filter, onApply, onClose }: FilterDrawerProps) {
  const t = useText();
  const id = useId();
  const [group, setGroup] = useState(() => fromFilter(filter));
  return (
    <Drawer anchor="right" open onClose={onClose} slotProps={{ paper: { sx: { width: { xs: "100%", sm: 480 } }, "aria-labelledby": id, role: "dialog", "aria-modal": true } }}>
      <Box component="form" noValidate sx={{ display: "flex", flexDirection: "column", height: "100%" }} onSubmit={(event) => { event.preventDefault(); onApply(toFilter(group)); onClose(); }}>
        <Typography id={id} variant="h2" sx={{ p: 2, borderBottom: 1, borderColor: "divider" }}>{t("filter.title", { objects: object.plural_label })}</Typography>
        <Box sx={{ flex: 1, overflow: "auto", p: 2 }}>
          <FilterBuilder object={object} group={group} onChange={setGroup} />
        </Box>
        <Box sx={{ p: 2, borderTop: 1, borderColor: "divider", display: "flex", gap: 1 }}>
          <Button type="submit" variant="contained">{t("filter.apply")}</Button>
          <Button onClick={() => setGroup(emptyGroup())}>{t("filter.clear")}</Button>
          <Box sx={{ flex: 1 }} />
          <Button onClick={onClose}>{t("action.cancel")}</Button>
        </Box>
      </Box>
    </Drawer>
  );
}

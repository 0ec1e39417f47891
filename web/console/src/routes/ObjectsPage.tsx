import AddIcon from "@mui/icons-material/Add";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { ObjectDialog } from "../admin/ObjectDialog";
import { useSchema } from "../api/schema";
import { useAdminText } from "../admin/texts";
import { Link } from "../ui/links";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";

export function ObjectsPage() {
  const t = useAdminText();
  const schema = useSchema();
  const [creating, setCreating] = useState(false);
  const objects = [...schema.objects].sort((a, b) => Number(b.custom ?? false) - Number(a.custom ?? false) || a.plural_label.localeCompare(b.plural_label));
  return (
    <Box sx={{ maxWidth: 1100, mx: "auto" }}>
      <PageHeader title={t("admin.objects")} subtitle={t("objects.text")}>
        <Button variant="contained" startIcon={<AddIcon />} onClick={() => setCreating(true)}>{t("objects.new")}</Button>
      </PageHeader>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, display: "grid", gap: 1, gridTemplateColumns: "repeat(auto-fill, minmax(280px, 1fr))" }}>
        {objects.map((object) => (
          <Paper key={object.name} component="li" variant="outlined" sx={{ p: 1.5, display: "flex", gap: 1.5 }}>
            <ObjectPicture object={object} size={32} />
            <Box sx={{ minWidth: 0, flex: 1 }}>
              <Box sx={{ display: "flex", gap: 1, alignItems: "center" }}>
                <Link to="/admin/objects/$object" params={{ object: object.name }} sx={{ fontWeight: 600 }}>{object.plural_label}</Link>
                {object.custom && <Chip label={t("objects.custom")} color="secondary" variant="outlined" sx={{ height: 20 }} />}
              </Box>
              <Typography sx={{ color: "text.secondary" }} variant="body2">{t("objects.fieldCount", { count: object.fields.filter((field) => !field.system).length })}{object.description ? ` · ${object.description}` : ""}</Typography>
            </Box>
          </Paper>
        ))}
      </Box>
      {creating && <ObjectDialog onClose={() => setCreating(false)} />}
    </Box>
  );
}

import DeleteIcon from "@mui/icons-material/DeleteOutlineOutlined";
import EditIcon from "@mui/icons-material/EditOutlined";
import Chip from "@mui/material/Chip";
import IconButton from "@mui/material/IconButton";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useSchema } from "../api/schema";
import type { Field, ObjectDef } from "../api/types";
import { useAdminText } from "./texts";
import { Hidden } from "../ui/Hidden";

interface FieldTableProps { object: ObjectDef; editable: boolean; onEdit: (field: Field) => void; onDelete: (field: Field) => void }

export function FieldTable({ object, editable, onEdit, onDelete }: FieldTableProps) {
  const t = useAdminText();
  const schema = useSchema();
  const fields = [...object.fields].sort((a, b) => rank(a) - rank(b));
  const about = (field: Field) => {
    if (field.references && field.type !== "rollup") return ` → ${schema.byName.get(field.references)?.label ?? field.references}`;
    if (field.formula) return `: ${field.formula}`;
    if (field.rollup) return `: ${field.rollup.measure} ${field.rollup.object}${field.rollup.of ? `.${field.rollup.of}` : ""}`;
    return field.options ? `: ${field.options.map((option) => option.label).join(", ")}` : "";
  };
  const marks = (field: Field) => [field.required && t("fields.required"), field.unique && t("fields.unique"), field.filterable && t("fields.filterable"), field.sensitive && t("fields.sensitive"), field.read_only && t("fields.readOnly")].filter((mark): mark is string => Boolean(mark));
  return (
    <TableContainer tabIndex={0} role="group" aria-label={t("fields.title")}>
      <Table size="small">
        <TableHead><TableRow><TableCell>{t("fields.label")}</TableCell><TableCell>{t("fields.name")}</TableCell><TableCell>{t("fields.type")}</TableCell><TableCell>{t("fields.marks")}</TableCell><TableCell><Hidden>{t("action.more")}</Hidden></TableCell></TableRow></TableHead>
        <TableBody>
          {fields.map((field) => (
            <TableRow key={field.name}>
              <TableCell component="th" scope="row" sx={{ fontWeight: 600 }}>{field.label} {field.custom && <Chip label={t("objects.custom")} color="secondary" variant="outlined" sx={{ height: 20, ml: 0.5 }} />}</TableCell>
              <TableCell><code>{field.name}</code></TableCell>
              <TableCell sx={{ maxWidth: 340, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }} title={t(`type.${field.type}`) + about(field)}>{t(`type.${field.type}`)}{about(field)}</TableCell>
              <TableCell sx={{ color: "text.secondary" }}>{marks(field).join(", ")}</TableCell>
              <TableCell padding="none" align="right" sx={{ whiteSpace: "nowrap", pr: 1 }}>
                {editable && field.custom && (
                  <>
                    <IconButton aria-label={t("fields.editOf", { field: field.label })} onClick={() => onEdit(field)}><EditIcon fontSize="small" /></IconButton>
                    <IconButton aria-label={t("fields.deleteOf", { field: field.label })} onClick={() => onDelete(field)}><DeleteIcon fontSize="small" /></IconButton>
                  </>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** An admin's own fields first, the system's last. */
const rank = (field: Field) => (field.custom ? 0 : field.system ? 2 : 1);

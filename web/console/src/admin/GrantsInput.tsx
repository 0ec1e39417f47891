import DeleteIcon from "@mui/icons-material/DeleteOutlineOutlined";
import ExpandIcon from "@mui/icons-material/ExpandMore";
import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import TextField from "@mui/material/TextField";
import { Fragment, useState } from "react";
import { useSchema } from "../api/schema";
import { useText } from "../i18n";
import { Hidden } from "../ui/Hidden";
import { FieldGrants } from "./FieldGrants";
import { flags, grantsOf, reaches, scopes, withGrant, type Grant, type Scope } from "./grants";

/** Which verbs reach which records of which objects, object by object; a click opens an object's fields. */
export default function GrantsInput({ value, onChange, error }: { value: unknown; onChange: (value: unknown) => void; error?: string }) {
  const t = useText();
  const schema = useSchema();
  const grants = grantsOf(value);
  const [open, setOpen] = useState<string | null>(null);
  const named = Object.keys(grants).filter((name) => name !== "*");
  const unnamed = schema.objects.filter((object) => !named.includes(object.name));
  const labelOf = (name: string) => (name === "*" ? t("grants.others") : (schema.byName.get(name)?.plural_label ?? name));
  const rows = ["*", ...named.sort((a, b) => labelOf(a).localeCompare(labelOf(b)))];
  return (
    <Box data-field="grants" tabIndex={-1}>
      <TableContainer tabIndex={0} role="group" aria-label={t("grants.title")}>
        <Table size="small" sx={{ "& td, & th": { px: 0.75 } }}>
          <TableHead>
            <TableRow>
              <TableCell>{t("grants.object")}</TableCell>
              {[...flags.slice(0, 1), ...reaches, ...flags.slice(1)].map((verb) => <TableCell key={verb}>{t(`grants.${verb}`)}</TableCell>)}
              <TableCell><Hidden>{t("action.more")}</Hidden></TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((name) => {
              const grant: Grant = grants[name] ?? {};
              const set = (change: Partial<Grant>) => onChange(withGrant(grants, name, { ...grant, ...change }));
              const flag = (key: (typeof flags)[number]) => (
                <TableCell key={key} padding="none"><Checkbox checked={grant[key] ?? false} onChange={(event) => set({ [key]: event.target.checked })} slotProps={{ input: { "aria-label": `${labelOf(name)}: ${t(`grants.${key}`)}` } }} /></TableCell>
              );
              const object = schema.byName.get(name);
              return (
                <Fragment key={name}>
                  <TableRow>
                    <TableCell component="th" scope="row" sx={{ whiteSpace: "nowrap", fontWeight: name === "*" ? 650 : 500 }}>{labelOf(name)}</TableCell>
                    {flag("create")}
                    {reaches.map((verb) => (
                      <TableCell key={verb}>
                        <TextField select variant="standard" value={grant[verb] ?? "none"} onChange={(event) => set({ [verb]: event.target.value as Scope })} sx={{ minWidth: 96 }} slotProps={{ select: { native: true }, htmlInput: { "aria-label": `${labelOf(name)}: ${t(`grants.${verb}`)}`, style: { fontSize: 13 } } }}>
                          {scopes.map((scope) => <option key={scope} value={scope}>{t(`scope.${scope}`)}</option>)}
                        </TextField>
                      </TableCell>
                    ))}
                    {flags.slice(1).map(flag)}
                    <TableCell padding="none" sx={{ whiteSpace: "nowrap" }}>
                      {object && <IconButton aria-label={t("grants.fieldsOf", { objects: labelOf(name) })} aria-expanded={open === name} onClick={() => setOpen(open === name ? null : name)}><ExpandIcon fontSize="small" sx={{ transform: open === name ? "rotate(180deg)" : undefined }} /></IconButton>}
                      {name !== "*" && <IconButton aria-label={t("grants.remove", { objects: labelOf(name) })} onClick={() => onChange(withGrant(grants, name, null))}><DeleteIcon fontSize="small" /></IconButton>}
                    </TableCell>
                  </TableRow>
                  {open === name && object && (
                    <TableRow><TableCell colSpan={9} sx={{ bgcolor: "action.hover" }}><FieldGrants object={object} grant={grant} onChange={(next) => onChange(withGrant(grants, name, next))} /></TableCell></TableRow>
                  )}
                </Fragment>
              );
            })}
          </TableBody>
        </Table>
      </TableContainer>
      <TextField
        select label={t("grants.add")} value="" sx={{ mt: 1.5, maxWidth: 280 }} slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
        onChange={(event) => { if (event.target.value) onChange(withGrant(grants, event.target.value, { ...grants["*"], fields: {} })); }}
      >
        <option value="" />
        {unnamed.map((object) => <option key={object.name} value={object.name}>{object.plural_label}</option>)}
      </TextField>
      {error && <FormHelperText error>{error}</FormHelperText>}
    </Box>
  );
}

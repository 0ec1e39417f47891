import CheckIcon from "@mui/icons-material/Check";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useSchema } from "../api/schema";
import { useText } from "../i18n";
import { Card } from "../ui/Card";
import { flags, grantsOf, reaches } from "./grants";

/** A role's or permission set's rights, to read. */
export default function GrantsCard({ grants: value }: { grants: unknown }) {
  const t = useText();
  const schema = useSchema();
  const grants = grantsOf(value);
  const labelOf = (name: string) => (name === "*" ? t("grants.others") : (schema.byName.get(name)?.plural_label ?? name));
  const rows = Object.entries(grants).sort(([a], [b]) => (a === "*" ? -1 : b === "*" ? 1 : labelOf(a).localeCompare(labelOf(b))));
  if (rows.length === 0) return <Card title={t("grants.title")}>{t("grants.nothing")}</Card>;
  return (
    <Card title={t("grants.title")} dense>
      <TableContainer tabIndex={0} role="group" aria-label={t("grants.title")}>
        <Table size="small">
          <TableHead><TableRow><TableCell>{t("grants.object")}</TableCell>{[...flags.slice(0, 1), ...reaches, ...flags.slice(1)].map((verb) => <TableCell key={verb}>{t(`grants.${verb}`)}</TableCell>)}<TableCell>{t("grants.fields")}</TableCell></TableRow></TableHead>
          <TableBody>
            {rows.map(([name, grant]) => {
              const flag = (key: (typeof flags)[number]) => <TableCell key={key}>{grant[key] && <CheckIcon fontSize="small" color="success" titleAccess={t("value.yes")} />}</TableCell>;
              return (
                <TableRow key={name}>
                  <TableCell component="th" scope="row">{labelOf(name)}</TableCell>
                  {flag("create")}
                  {reaches.map((verb) => <TableCell key={verb}>{t(`scope.${grant[verb] ?? "none"}`)}</TableCell>)}
                  {flags.slice(1).map(flag)}
                  <TableCell>{Object.entries(grant.fields ?? {}).map(([field, right]) => `${schema.byName.get(name)?.fields.find((each) => each.name === field)?.label ?? field}: ${t(`fieldRight.${right}`)}`).join(", ")}</TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </TableContainer>
    </Card>
  );
}

import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import Radio from "@mui/material/Radio";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { mergeRecords, recordQuery } from "../api/records";
import { writable } from "../api/schema";
import type { ObjectDef, RecordData } from "../api/types";
import { FieldValue } from "../fields/FieldValue";
import { ReferenceInput } from "../fields/ReferenceInput";
import { useText } from "../i18n";
import { useNotify } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";
import { isEmpty } from "../values/validate";
import { nameOf } from "./columns";

/** Joins another record into this one: where both have a value, asks which stays. */
export default function MergeDialog({ object, record, onClose }: { object: ObjectDef; record: RecordData; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const notify = useNotify();
  const client = useQueryClient();
  const [otherId, setOtherId] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Set<string>>(new Set());
  const { data: other } = useQuery({ ...recordQuery(object.name, otherId ?? ""), enabled: otherId !== null && otherId !== record.id });
  const differing = other ? object.fields.filter((field) => writable(field) && !isEmpty(other[field.name]) && JSON.stringify(other[field.name]) !== JSON.stringify(record[field.name])) : [];
  const usesTheirs = (name: string) => theirs.has(name) !== isEmpty(record[name]);
  const merge = useMutation({
    mutationFn: () => mergeRecords(object.name, record.id, [otherId ?? ""], Object.fromEntries(differing.filter((field) => usesTheirs(field.name)).map((field) => [field.name, other?.[field.name]]))),
    onSuccess: async () => { await client.invalidateQueries({ queryKey: ["records"] }); notify(t("merge.done")); onClose(); },
  });
  const choose = (name: string, theirValue: boolean) => {
    const next = new Set(theirs);
    if (theirValue !== isEmpty(record[name])) next.add(name);
    else next.delete(name);
    setTheirs(next);
  };
  return (
    <Dialog open onClose={onClose} maxWidth="md" aria-labelledby={id}>
      <DialogTitle id={id}>{t("merge.title", { name: nameOf(record) })}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{t("merge.text")}</DialogContentText>
        <ReferenceInput bare field={{ name: "other", label: t("merge.other", { object: object.label }), type: "reference", references: object.name }} value={otherId} onChange={(value) => { setOtherId(value as string | null); setTheirs(new Set()); }} />
        {other && differing.length > 0 && (
          <Table size="small" sx={{ mt: 2 }}>
            <TableHead><TableRow><TableCell>{t("filter.field")}</TableCell><TableCell>{nameOf(record)}</TableCell><TableCell>{nameOf(other)}</TableCell></TableRow></TableHead>
            <TableBody>
              {differing.map((field) => (
                <TableRow key={field.name}>
                  <TableCell component="th" scope="row">{field.label}</TableCell>
                  {[record, other].map((each) => (
                    <TableCell key={each.id}>
                      <Radio
                        size="small" name={field.name} checked={usesTheirs(field.name) === (each === other)} onChange={() => choose(field.name, each === other)}
                        slotProps={{ input: { "aria-label": `${field.label}: ${nameOf(each)}` } }}
                      />
                      <FieldValue field={field} value={each[field.name]} names={each._names} />
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
        {merge.error && <ProblemAlert error={merge.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button variant="contained" disabled={!other} loading={merge.isPending} onClick={() => merge.mutate()}>{t("merge.confirm")}</Button>
      </DialogActions>
    </Dialog>
  );
}

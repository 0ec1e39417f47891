import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Paper from "@mui/material/Paper";
import Typography from "@mui/material/Typography";
import type { LinkProps } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import type { Field, ObjectDef, RecordData } from "../api/types";
import { useText } from "../i18n";
import { ButtonLink } from "../ui/links";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";
import { isInvalid, isStale } from "../ui/problem";
import { ProblemAlert } from "../ui/ProblemAlert";
import { FormFields } from "./FormFields";
import { LeaveGuard } from "./LeaveGuard";
import type { RecordForm } from "./useRecordForm";

interface RecordFormPageProps {
  object: ObjectDef;
  title: string;
  form: RecordForm;
  fields: Field[];
  names?: RecordData["_names"];
  pending: boolean;
  error: unknown;
  guard: boolean;
  notice?: ReactNode;
  onSubmit: () => void;
  cancel: Pick<LinkProps, "to" | "params">;
}

/** A page with a record's form, new or edited. Ctrl or Cmd with Enter or S saves. */
export function RecordFormPage({ object, title, form, fields, names, pending, error, guard, notice, onSubmit, cancel }: RecordFormPageProps) {
  const t = useText();
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const save = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key === "s")) { event.preventDefault(); element.current?.requestSubmit(); }
    };
    window.addEventListener("keydown", save);
    return () => window.removeEventListener("keydown", save);
  }, []);
  const main = fields.filter((field) => !field.custom);
  const custom = fields.filter((field) => field.custom);
  return (
    <Box component="form" noValidate ref={element} onSubmit={(event) => { event.preventDefault(); onSubmit(); }} sx={{ maxWidth: 860, mx: "auto" }}>
      <PageHeader title={title} picture={<ObjectPicture object={object} size={36} />} />
      {notice}
      <Paper variant="outlined" sx={{ p: { xs: 1.5, sm: 2.5 } }}>
        <FormFields fields={main} form={form} names={names} focusFirst />
        {custom.length > 0 && (
          <>
            <Typography variant="h2" sx={{ mt: 3, mb: 1.5 }}>{t("record.customFields")}</Typography>
            <FormFields fields={custom} form={form} names={names} />
          </>
        )}
        {form.otherErrors.map((message) => <Alert key={message} severity="error" sx={{ mt: 2 }}>{message}</Alert>)}
        {error !== null && error !== undefined && !isStale(error) && !(isInvalid(error) && error.doc.errors?.length) && <ProblemAlert error={error} />}
      </Paper>
      <Box sx={{ position: "sticky", bottom: 0, py: 1.5, display: "flex", gap: 1, bgcolor: "background.default", zIndex: 2 }}>
        <Button type="submit" variant="contained" loading={pending}>{t("action.save")}</Button>
        <ButtonLink {...cancel}>{t("action.cancel")}</ButtonLink>
      </Box>
      <LeaveGuard active={guard} />
    </Box>
  );
}

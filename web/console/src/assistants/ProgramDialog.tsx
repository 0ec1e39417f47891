import Alert from "@mui/material/Alert";
import Autocomplete from "@mui/material/Autocomplete";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogContentText from "@mui/material/DialogContentText";
import DialogTitle from "@mui/material/DialogTitle";
import FormControl from "@mui/material/FormControl";
import FormControlLabel from "@mui/material/FormControlLabel";
import FormLabel from "@mui/material/FormLabel";
import TextField from "@mui/material/TextField";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { clientsQuery, makeClient, type ClientSecret } from "../api/assistants";
import { listIn, post } from "../api/client";
import { ProblemAlert } from "../ui/ProblemAlert";
import { allScopes, type Scope } from "./scopes";
import { CopyBox } from "./CopyBox";
import { useAssistantText } from "./texts";

interface Person { id: string; name: string }

/** Makes a program that acts for a person, and shows its secret the one time it can be seen. */
export function ProgramDialog({ onClose }: { onClose: () => void }) {
  const t = useAssistantText();
  const id = useId();
  const cache = useQueryClient();
  const [made, setMade] = useState<ClientSecret | null>(null);
  return (
    <Dialog open onClose={made ? undefined : onClose} aria-labelledby={id} fullWidth maxWidth="sm">
      <DialogTitle id={id}>{t("program.new")}</DialogTitle>
      {made ? (
        <>
          <DialogContent>
            <Alert severity="warning" sx={{ mb: 2 }}>{t("program.once")}</Alert>
            <CopyBox text={made.client_id} label={t("program.id")} />
            <CopyBox text={made.client_secret} label={t("program.secret")} />
          </DialogContent>
          <DialogActions><Button variant="contained" onClick={onClose}>{t("action.close")}</Button></DialogActions>
        </>
      ) : <ProgramForm onClose={onClose} onMade={(secret) => { setMade(secret); void cache.invalidateQueries({ queryKey: clientsQuery.queryKey }); }} />}
    </Dialog>
  );
}

function ProgramForm({ onClose, onMade }: { onClose: () => void; onMade: (made: ClientSecret) => void }) {
  const t = useAssistantText();
  const [name, setName] = useState("");
  const [person, setPerson] = useState<Person | null>(null);
  const [scopes, setScopes] = useState<Scope[]>(["crm:read"]);
  const people = useQuery({
    queryKey: ["assistants", "people"],
    queryFn: async () => listIn<Person>(await post<unknown>("/records/user/query", { filter: { field: "is_active", op: "eq", value: true }, sort: [{ field: "name" }], fields: ["name"], limit: 200 })),
  });
  const make = useMutation({ mutationFn: () => makeClient({ name: name.trim(), user_id: person?.id ?? "", scopes }), onSuccess: onMade });
  const turn = (scope: Scope) => setScopes(scopes.includes(scope) ? scopes.filter((other) => other !== scope) : [...scopes, scope]);
  return (
    <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
      <DialogContent sx={{ display: "grid", gap: 2, pt: 0 }}>
        <DialogContentText>{t("program.text")}</DialogContentText>
        <TextField autoFocus required label={t("program.name")} value={name} onChange={(event) => setName(event.target.value)} slotProps={{ htmlInput: { maxLength: 80 } }} />
        <Autocomplete
          options={people.data ?? []} getOptionLabel={(option) => option.name} getOptionKey={(option) => option.id} isOptionEqualToValue={(one, other) => one.id === other.id}
          value={person} onChange={(_, chosen) => setPerson(chosen)} renderInput={(params) => <TextField {...params} required label={t("program.person")} />}
        />
        <FormControl component="fieldset">
          <FormLabel component="legend">{t("program.scopes")}</FormLabel>
          {allScopes.map((scope) => <FormControlLabel key={scope} control={<Checkbox checked={scopes.includes(scope)} onChange={() => turn(scope)} />} label={t(`scope.${scope}`)} />)}
        </FormControl>
        {(make.error ?? people.error) && <ProblemAlert error={make.error ?? people.error} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button type="submit" variant="contained" disabled={scopes.length === 0} loading={make.isPending}>{t("program.make")}</Button>
      </DialogActions>
    </form>
  );
}

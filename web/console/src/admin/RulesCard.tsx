import AddIcon from "@mui/icons-material/Add";
import DeleteIcon from "@mui/icons-material/DeleteOutlineOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { putRules, schemaQuery } from "../api/schema";
import type { ObjectDef, Rule } from "../api/types";
import { useAdminText } from "./texts";
import { Card } from "../ui/Card";
import { useNotify } from "../ui/notify";
import { ProblemAlert } from "../ui/ProblemAlert";

/** Conditions every record must fulfil, and what to tell whoever breaks one. */
export function RulesCard({ object, editable }: { object: ObjectDef; editable: boolean }) {
  const t = useAdminText();
  const notify = useNotify();
  const client = useQueryClient();
  const [rules, setRules] = useState<Rule[]>(object.rules ?? []);
  const changed = JSON.stringify(rules) !== JSON.stringify(object.rules ?? []);
  const save = useMutation({
    mutationFn: () => putRules(object.name, rules),
    onSuccess: async () => { await client.refetchQueries({ queryKey: schemaQuery.queryKey }); notify(t("rules.saved")); },
  });
  const set = (index: number, change: Partial<Rule>) => setRules(rules.map((rule, other) => (other === index ? { ...rule, ...change } : rule)));
  return (
    <Card title={t("rules.title")} actions={editable && <Button startIcon={<AddIcon />} onClick={() => setRules([...rules, { name: `rule_${rules.length + 1}`, expression: "", message: "" }])}>{t("rules.new")}</Button>}>
      <Typography variant="body2" sx={{ color: "text.secondary", mb: rules.length > 0 ? 2 : 0 }}>{t("rules.text")}</Typography>
      {rules.map((rule, index) => (
        <Box key={index} sx={{ display: "grid", gap: 1, gridTemplateColumns: { xs: "1fr auto", md: "180px 1fr 1fr auto" }, mb: 2, alignItems: "start" }}>
          <TextField label={t("rules.name")} value={rule.name} disabled={!editable} onChange={(event) => set(index, { name: event.target.value })} />
          <TextField label={t("rules.expression")} value={rule.expression} disabled={!editable} placeholder="amount >= 0" onChange={(event) => set(index, { expression: event.target.value })} slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: "ui-monospace, monospace", fontSize: 13 } } }} sx={{ gridColumn: { xs: "1 / -1", md: "auto" } }} />
          <TextField label={t("rules.message")} value={rule.message} disabled={!editable} onChange={(event) => set(index, { message: event.target.value })} sx={{ gridColumn: { xs: "1 / -1", md: "auto" } }} />
          {editable && <IconButton aria-label={t("rules.remove", { rule: rule.name })} onClick={() => setRules(rules.filter((_, other) => other !== index))} sx={{ gridColumn: { xs: 2, md: "auto" }, gridRow: { xs: 1, md: "auto" } }}><DeleteIcon fontSize="small" /></IconButton>}
        </Box>
      ))}
      {save.error && <ProblemAlert error={save.error} />}
      {editable && (changed || save.isPending) && <Button variant="contained" loading={save.isPending} onClick={() => save.mutate()}>{t("rules.save")}</Button>}
    </Card>
  );
}

import Box from "@mui/material/Box";
import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useText } from "../i18n";
import { kindOf, namedPeriods, partsOf, periodOf, units, type PeriodKind, type Unit } from "./periods";

const rolling = ["last_n", "next_n", "to_date"] as const;

export function PeriodInput({ value, onChange }: { value: unknown; onChange: (value: unknown) => void }) {
  const t = useText();
  const kind = kindOf(value) ?? "this_month";
  const { count, unit } = partsOf(value);
  return (
    <Box sx={{ display: "flex", gap: 1 }}>
      <TextField select label={t("filter.period")} value={kind} onChange={(event) => onChange(periodOf(event.target.value as PeriodKind, count, unit))}>
        {namedPeriods.map((name) => <MenuItem key={name} value={name}>{t(`period.${name}`)}</MenuItem>)}
        {rolling.map((name) => <MenuItem key={name} value={name}>{t(`period.${name}`)}</MenuItem>)}
      </TextField>
      {(kind === "last_n" || kind === "next_n") && (
        <TextField
          label={t("filter.count")} type="number" value={count} sx={{ width: 100, flex: "none" }} slotProps={{ htmlInput: { min: 1 } }}
          onChange={(event) => onChange(periodOf(kind, Math.max(1, Number(event.target.value) || 1), unit))}
        />
      )}
      {(kind === "last_n" || kind === "next_n" || kind === "to_date") && (
        <TextField select label={t("filter.unit")} value={unit} onChange={(event) => onChange(periodOf(kind, count, event.target.value as Unit))} sx={{ width: 130, flex: "none" }}>
          {units.map((name) => <MenuItem key={name} value={name}>{t(`unit.${name}`, { count })}</MenuItem>)}
        </TextField>
      )}
    </Box>
  );
}

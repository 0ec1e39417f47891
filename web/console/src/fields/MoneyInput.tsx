import Box from "@mui/material/Box";
import TextField from "@mui/material/TextField";
import { useLocale } from "../i18n";
import { isMoney } from "../values/format";
import { parseDecimal } from "../values/number";
import { commonProps, type InputProps } from "./InputProps";
import { useDraft } from "./NumberInput";

const currencies = Intl.supportedValuesOf("currency");

export function MoneyInput(props: InputProps) {
  const { field, value, onChange } = props;
  const { language, currency: own, t } = useLocale();
  const amount = isMoney(value) ? value.amount : value;
  const currency = isMoney(value) && value.currency ? value.currency : own;
  const { text, setText } = useDraft(amount, language);
  const common = commonProps(props);
  return (
    <Box sx={{ display: "flex", gap: 1, alignItems: "flex-start" }}>
      <TextField
        {...common} value={text} autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          const typed = event.target.value;
          onChange(typed.trim() === "" ? null : { amount: parseDecimal(typed, language) ?? typed, currency });
        }}
        slotProps={{ htmlInput: { ...common.slotProps.htmlInput, inputMode: "decimal" } }}
      />
      <TextField
        select value={currency} sx={{ flex: "none", width: 92 }}
        onChange={(event) => onChange({ amount: typeof amount === "string" || typeof amount === "number" ? String(amount) : "", currency: event.target.value })}
        slotProps={{ select: { native: true }, htmlInput: { "aria-label": t("field.currencyOf", { field: field.label }) } }}
      >
        {(currencies.includes(currency) ? currencies : [currency, ...currencies]).map((code) => <option key={code}>{code}</option>)}
      </TextField>
    </Box>
  );
}

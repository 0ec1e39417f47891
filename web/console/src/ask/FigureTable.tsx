import Box from "@mui/material/Box";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import type { Bar } from "./figures";
import { useAskText } from "./texts";

/** A figure for each group, one below the other. */
export function FigureTable({ bars, label }: { bars: Bar[]; label: string }) {
  const t = useAskText();
  return (
    <Box sx={{ border: 1, borderColor: "divider", borderRadius: 1 }}>
      <Table size="small" aria-label={label} sx={{ "& td, & th": { px: 1, py: 0.5 }, "& tr:last-child td, & tbody tr:last-child th": { borderBottom: 0 } }}>
        <TableHead><TableRow><TableCell>{t("chart.group")}</TableCell><TableCell align="right">{t("chart.value")}</TableCell></TableRow></TableHead>
        <TableBody>
          {bars.map((bar) => (
            <TableRow key={bar.key}>
              <TableCell component="th" scope="row" dir="auto" sx={{ overflowWrap: "anywhere" }}>{bar.label}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>{bar.text}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

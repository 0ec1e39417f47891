import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Table from "@mui/material/Table";
import TableBody from "@mui/material/TableBody";
import TableCell from "@mui/material/TableCell";
import TableContainer from "@mui/material/TableContainer";
import TableHead from "@mui/material/TableHead";
import TableRow from "@mui/material/TableRow";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useLocale } from "../i18n";
import type { Version } from "./api";
import { useIntentText } from "./texts";

/** What was measured of a version: with the examples kept aside, and with the tests. */
export function Measured({ version }: { version: Version }) {
  const t = useIntentText();
  const { format } = useLocale();
  const { figures } = version;
  const number = (value: number) => format.number(value);
  const seconds = number(Math.max(0.1, Math.round(version.took_ms / 100) / 10));
  return (
    <>
      <Typography variant="body2">
        {t("train.learnt", { number: version.number, examples: number(version.examples), intents: number(version.intents), seconds })}
        {version.accuracy !== null && ` ${t("train.accuracy", { percent: `${number(Math.round(version.accuracy))} %` })}`}
      </Typography>
      <TableContainer tabIndex={0} role="group" aria-label={t("train.table")}>
        <Table size="small">
          <TableHead><TableRow><TableCell>{t("train.intent")}</TableCell><TableCell align="right">{t("train.recall")}</TableCell><TableCell align="right">{t("train.precision")}</TableCell></TableRow></TableHead>
          <TableBody>
            {figures.intents.map((each) => (
              <TableRow key={each.intent}>
                <TableCell component="th" scope="row">{each.name}</TableCell>
                <TableCell align="right">{t("train.ofCount", { count: number(each.right), of: number(each.asked) })}</TableCell>
                <TableCell align="right">{t("train.ofCount", { count: number(each.right), of: number(each.taken) })}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {figures.confusions.length > 0 && (
        <Part title={t("train.confusions")}>
          <Sentences>{figures.confusions.map((each) => <li key={`${each.sentence} ${each.taken_for}`}>{t("train.confusion", { sentence: each.sentence, intent: each.intent, taken: each.taken_for })}</li>)}</Sentences>
        </Part>
      )}
      <Part title={t("train.testsTitle")}>
        {version.tests === 0 && <Typography variant="body2" sx={{ color: "text.secondary" }}>{t("train.testsNone")}</Typography>}
        {version.tests > 0 && <Typography variant="body2">{t(version.tests_passed === version.tests ? "train.testsPassed" : "train.testsFailed", { count: number(version.tests), passed: number(version.tests_passed) })}</Typography>}
        <Sentences>
          {figures.failures.map((each) => (
            <li key={each.id}>
              {t(each.taken_for === null ? "train.failureLeft" : "train.failure", { sentence: each.sentence, intent: each.intent, taken: each.taken_for ?? "" })}
              {each.is_new && <Chip size="small" color="warning" variant="outlined" label={t("train.isNew")} sx={{ ml: 1 }} />}
            </li>
          ))}
        </Sentences>
      </Part>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => <div><Typography variant="h3" sx={{ mb: 0.75 }}>{title}</Typography>{children}</div>;
const Sentences = ({ children }: { children: ReactNode }) => <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: "anywhere", fontSize: "0.875rem", "&:empty": { display: "none" } }}>{children}</Box>;

import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { mayAnswer, useSchema } from "../api/schema";
import { useAskText } from "../ask/texts";
import { goLetters } from "./useGoShortcuts";

type Group = [title: string, rows: [keys: string, text: string][]];

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useAskText();
  const id = useId();
  const schema = useSchema();
  const inbox: Group = [t("shortcuts.inbox"), [["j k", t("shortcuts.conversations")], ["t", t("inbox.take")], ["r", t("inbox.reply")], ["n", t("inbox.note")], ["e", t("inbox.solve")], ["Enter", t("shortcuts.send")], ["Shift Enter", t("shortcuts.newLine")]]];
  const groups: Group[] = [
    [t("shortcuts.everywhere"), [["Ctrl K / ⌘ K", t("search.open")], ["Ctrl J / ⌘ J", t("ask.open")], ["?", t("shortcuts.title")], ["[", t("shell.toggleNavigation")], ["g h", t("home.title")], ...(mayAnswer(schema) ? [["g i", t("inbox.title")] as [string, string]] : []), ...goLetters(schema).map(({ letter, object }): [string, string] => [`g ${letter}`, object.plural_label])]],
    ...(mayAnswer(schema) ? [inbox] : []),
    [t("shortcuts.list"), [["c", t("shortcuts.create")], ["/", t("shortcuts.find")], ["f", t("filter.open")], ["↑ ↓", t("shortcuts.rows")]]],
    [t("shortcuts.record"), [["e", t("action.edit")], ["Ctrl S / Ctrl Enter", t("action.save")]]],
    [t("shortcuts.board"), [[t("shortcuts.space"), t("shortcuts.lift")], ["← →", t("shortcuts.carry")], ["Esc", t("action.cancel")]]],
  ];
  return (
    <Dialog open onClose={onClose} maxWidth="md" aria-labelledby={id}>
      <DialogTitle id={id}>{t("shortcuts.title")}</DialogTitle>
      <DialogContent tabIndex={0} role="group" aria-labelledby={id} sx={{ display: "grid", gridTemplateColumns: { sm: "1fr 1fr" }, gap: 3 }}>
        {groups.map(([title, rows]) => (
          <Box key={title}>
            <Typography variant="h3" sx={{ mb: 1 }}>{title}</Typography>
            <Box component="dl" sx={{ m: 0, display: "grid", gridTemplateColumns: "auto 1fr", columnGap: 2, rowGap: 0.75, alignItems: "center" }}>
              {rows.map(([keys, text]) => (
                <Box key={keys} sx={{ display: "contents" }}>
                  <dt><Box component="kbd" sx={{ fontFamily: "inherit", fontSize: 12, border: 1, borderColor: "divider", borderRadius: 1, px: 0.75, py: 0.25, whiteSpace: "nowrap" }}>{keys}</Box></dt>
                  <Box component="dd" sx={{ m: 0 }}>{text}</Box>
                </Box>
              ))}
            </Box>
          </Box>
        ))}
      </DialogContent>
      <DialogActions><Button onClick={onClose} autoFocus>{t("action.close")}</Button></DialogActions>
    </Dialog>
  );
}

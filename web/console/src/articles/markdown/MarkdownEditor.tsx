import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import { useId, useRef, type ChangeEvent, type ClipboardEvent, type DragEvent, type KeyboardEvent } from "react";
import { useArticleText } from "../texts";
import { block, bullets, code, enter, fileMark, heading, link, numbers, table, wrap, type Edit, type Selection } from "./edits";
import { Toolbar, type Tool } from "./Toolbar";

interface MarkdownEditorProps {
  value: string;
  onChange: (text: string) => void;
  label: string;
  error?: string;
  readOnly?: boolean;
  /** Stores a file and answers where it lies; null where it could not be. */
  onFile: (file: File) => Promise<{ name: string; address: string; picture: boolean } | null>;
}

/** Markdown as it is written, with the keys and buttons that people know from other editors. */
export function MarkdownEditor({ value, onChange, label, error, readOnly, onFile }: MarkdownEditorProps) {
  const t = useArticleText();
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);

  const edit = (make: (selection: Selection) => Edit | null): boolean => {
    const area = input.current;
    const change = area && !readOnly ? make({ text: area.value, start: area.selectionStart, end: area.selectionEnd }) : null;
    if (!area || !change) return false;
    put(area, change);
    return true;
  };
  const tools: Record<Exclude<Tool, "image">, (selection: Selection) => Edit> = {
    bold: (selection) => wrap(selection, "**", t("sample.bold")),
    italic: (selection) => wrap(selection, "*", t("sample.italic")),
    heading, bullets, numbers,
    link: (selection) => link(selection, t("sample.link")),
    code: (selection) => code(selection, t("sample.code")),
    table: (selection) => table(selection, t("sample.column")),
  };
  const insertFiles = async (files: Iterable<File>) => {
    for (const file of files) {
      const stored = await onFile(file);
      if (stored) edit((selection) => block({ ...selection, start: selection.end }, fileMark(stored.name, stored.address, stored.picture)));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const tool = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey ? keys[event.key.toLowerCase()] : undefined;
    const plainEnter = event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if ((tool && edit(tools[tool])) || (plainEnter && edit(enter))) event.preventDefault();
  };
  const take = (event: ClipboardEvent | DragEvent, data: DataTransfer) => {
    if (readOnly || data.files.length === 0) return;
    event.preventDefault();
    void insertFiles([...data.files]);
  };
  return (
    <Box sx={{ display: "flex", flexDirection: "column", minHeight: 0, height: "100%" }}>
      <Toolbar controls={id} disabled={readOnly} onTool={(tool) => edit(tools[tool])} onFile={(file) => void insertFiles([file])} />
      <Box
        component="textarea" ref={input} id={id} value={value} readOnly={readOnly} spellCheck aria-label={label} aria-describedby={`${id}-help`} aria-invalid={error ? true : undefined} data-field="body"
        onChange={(event: ChangeEvent<HTMLTextAreaElement>) => onChange(event.target.value)} onKeyDown={onKeyDown}
        onPaste={(event: ClipboardEvent) => take(event, event.clipboardData)} onDrop={(event: DragEvent) => take(event, event.dataTransfer)}
        sx={{
          flex: 1, minHeight: { xs: 320, md: 440 }, width: "100%", boxSizing: "border-box", resize: "vertical", p: 2, border: 0, bgcolor: "transparent", color: "text.primary",
          fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace", fontSize: "0.875rem", lineHeight: 1.6, "@media (pointer: coarse)": { fontSize: "1rem" },
          "&:focus-visible": { outlineOffset: "-2px" },
        }}
      />
      <FormHelperText id={`${id}-help`} error={Boolean(error)} sx={{ px: 2, py: 0.5, m: 0, borderTop: 1, borderColor: "divider" }}>{error ?? t("tools.help")}</FormHelperText>
    </Box>
  );
}

const keys: Record<string, Exclude<Tool, "image">> = { b: "bold", i: "italic", k: "link" };

/** As if typed, so that the browser's undo takes it back; by hand where the browser cannot. */
function put(area: HTMLTextAreaElement, { from, to, insert, start, end }: Edit) {
  area.focus();
  area.setSelectionRange(from, to);
  // Deprecated, but nothing else keeps the undo history, and every browser has it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const typed = insert === "" ? document.execCommand("delete") : document.execCommand("insertText", false, insert);
  if (!typed) {
    area.setRangeText(insert, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start, end);
}

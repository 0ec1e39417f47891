import CodeIcon from "@mui/icons-material/Code";
import BoldIcon from "@mui/icons-material/FormatBold";
import ItalicIcon from "@mui/icons-material/FormatItalic";
import BulletsIcon from "@mui/icons-material/FormatListBulleted";
import NumbersIcon from "@mui/icons-material/FormatListNumbered";
import ImageIcon from "@mui/icons-material/ImageOutlined";
import LinkIcon from "@mui/icons-material/Link";
import TableIcon from "@mui/icons-material/TableChartOutlined";
import HeadingIcon from "@mui/icons-material/Title";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import type { SvgIconComponent } from "@mui/icons-material";
import { useRef, useState, type KeyboardEvent } from "react";
import { useArticleText } from "../texts";

export type Tool = "bold" | "italic" | "heading" | "bullets" | "numbers" | "link" | "code" | "table" | "image";

const tools: { tool: Tool; icon: SvgIconComponent; keys?: string }[] = [
  { tool: "bold", icon: BoldIcon, keys: "Control+B" },
  { tool: "italic", icon: ItalicIcon, keys: "Control+I" },
  { tool: "heading", icon: HeadingIcon },
  { tool: "bullets", icon: BulletsIcon },
  { tool: "numbers", icon: NumbersIcon },
  { tool: "link", icon: LinkIcon, keys: "Control+K" },
  { tool: "code", icon: CodeIcon },
  { tool: "table", icon: TableIcon },
  { tool: "image", icon: ImageIcon },
];

interface ToolbarProps { controls: string; disabled?: boolean; onTool: (tool: Exclude<Tool, "image">) => void; onFile: (file: File) => void }

/** Buttons over the text: one stop of the Tab key, arrows within. */
export function Toolbar({ controls, disabled, onTool, onFile }: ToolbarProps) {
  const t = useArticleText();
  const bar = useRef<HTMLDivElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const [current, setCurrent] = useState(0);
  const move = (event: KeyboardEvent) => {
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: tools.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const place = (next + tools.length) % tools.length;
    setCurrent(place);
    bar.current?.querySelectorAll<HTMLElement>("button")[place]?.focus();
  };
  return (
    <Box ref={bar} role="toolbar" aria-label={t("tools.label")} aria-controls={controls} onKeyDown={move} sx={{ display: "flex", flexWrap: "wrap", gap: 0.25, px: 1, py: 0.5, borderBottom: 1, borderColor: "divider" }}>
      {tools.map(({ tool, icon: Icon, keys }, index) => (
        <IconButton
          key={tool} aria-label={t(`tools.${tool}`)} title={t(`tools.${tool}`)} aria-keyshortcuts={keys} disabled={disabled} tabIndex={index === current ? 0 : -1} onFocus={() => setCurrent(index)}
          onMouseDown={(event) => event.preventDefault()} onClick={() => { if (tool === "image") file.current?.click(); else onTool(tool); }}
        >
          <Icon fontSize="small" />
        </IconButton>
      ))}
      <input
        ref={file} type="file" hidden
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = "";
          if (chosen) onFile(chosen);
        }}
      />
    </Box>
  );
}

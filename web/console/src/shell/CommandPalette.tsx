import AddIcon from "@mui/icons-material/Add";
import ArrowIcon from "@mui/icons-material/ArrowForward";
import AskIcon from "@mui/icons-material/AssistantOutlined";
import SearchIcon from "@mui/icons-material/Search";
import Box from "@mui/material/Box";
import CircularProgress from "@mui/material/CircularProgress";
import Dialog from "@mui/material/Dialog";
import InputBase from "@mui/material/InputBase";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useSchema } from "../api/schema";
import { searchQuery } from "../api/search";
import { askNow } from "../ask/bus";
import { useAskEntry } from "../ask/useAskEntry";
import { useText } from "../i18n";
import { ObjectPicture } from "../ui/ObjectPicture";
import { problemText } from "../ui/problem";
import { useDebounced } from "../ui/useDebounced";
import { Snippet } from "./Snippet";
import { useCommands } from "./useCommands";

interface Entry { key: string; icon: ReactNode; title: string; detail?: ReactNode; kind?: string; run: () => void }

/** One box to find any record as you type, to go anywhere, to begin anything and to ask the bot. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useText();
  const id = useId();
  const schema = useSchema();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  /** By its key: what is found later must not push another entry under the chosen place. */
  const [chosen, setChosen] = useState<string | null>(null);
  const entered = useRef(false);
  const list = useRef<HTMLUListElement>(null);
  const q = useDebounced(typed.trim(), 120);
  const search = useQuery(searchQuery(q, undefined, 12));
  const commands = useCommands(typed);
  const ask = useAskEntry(typed);
  const go = (run: () => void) => () => { onClose(); run(); };
  const hits: Entry[] = (q ? (search.data ?? []) : []).map((hit) => {
    const object = schema.byName.get(hit.object);
    return {
      key: hit.object + hit.id, icon: object && <ObjectPicture object={object} size={24} />, title: hit.name, kind: object?.label ?? hit.object,
      detail: hit.snippet ? <Snippet text={hit.snippet} /> : hit.subtitle,
      run: go(() => void navigate({ to: "/records/$object/$id", params: { object: hit.object, id: hit.id } })),
    };
  });
  const actions: Entry[] = commands.map((command) => ({
    key: command.key, icon: command.creates ? <AddIcon fontSize="small" /> : <ArrowIcon fontSize="small" />, title: command.title, run: go(command.run),
  }));
  const everything: Entry[] = q ? [{ key: "all", icon: <SearchIcon fontSize="small" />, title: t("search.all", { q }), run: go(() => void navigate({ to: "/search", search: { q } })) }] : [];
  const asks: Entry[] = ask ? [{ key: "ask", icon: <AskIcon fontSize="small" />, title: ask.title, detail: ask.detail, run: go(() => askNow(typed.trim())) }] : [];
  // A question that is understood is what one means, more likely than any word of it.
  const entries = ask?.understood ? [...asks, ...hits, ...actions, ...everything] : [...hits, ...actions, ...everything, ...asks];
  const current = Math.max(0, entries.findIndex(({ key }) => key === chosen));
  const settled = ask?.settled ?? true;
  // Whoever types fast and presses Enter means what the whole text stands for.
  const runEntered = useEffectEvent(() => {
    if (entered.current) entries[current]?.run();
    entered.current = false;
  });
  useEffect(() => { if (settled) runEntered(); }, [settled]);
  useEffect(() => { list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }); }, [current]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) { event.preventDefault(); setChosen(entries[(current + step + entries.length) % Math.max(entries.length, 1)]?.key ?? null); }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (settled || chosen !== null) entries[current]?.run();
    else entered.current = true;
  };
  return (
    <Dialog open onClose={onClose} aria-label={t("search.open")} slotProps={{ paper: { sx: { position: "fixed", top: { xs: 0, sm: 72 }, m: { xs: 0, sm: 2 }, width: { xs: "100%", sm: 600 }, maxHeight: { xs: "100%", sm: "70vh" } } } }}>
      <Box sx={{ display: "flex", alignItems: "center", gap: 1, px: 2, borderBottom: 1, borderColor: "divider" }}>
        <SearchIcon color="action" />
        <InputBase
          autoFocus fullWidth value={typed} placeholder={t("search.placeholder")} onChange={(event) => { setTyped(event.target.value); setChosen(null); entered.current = false; }} onKeyDown={onKeyDown} sx={{ height: 52, fontSize: "1rem" }}
          inputProps={{ role: "combobox", "aria-expanded": true, "aria-controls": `${id}-list`, "aria-activedescendant": entries[current] ? `${id}-${current}` : undefined, "aria-label": t("search.placeholder"), "aria-autocomplete": "list" }}
        />
        {search.isFetching && <CircularProgress size={18} aria-hidden />}
      </Box>
      <Box component="ul" role="listbox" id={`${id}-list`} ref={list} aria-label={t("search.results")} sx={{ listStyle: "none", m: 0, p: 1, overflowY: "auto" }}>
        {entries.map((entry, index) => (
          <Box
            component="li" key={entry.key} role="option" id={`${id}-${index}`} aria-selected={index === current} tabIndex={-1}
            onMouseMove={() => setChosen(entry.key)} onClick={entry.run} onKeyDown={onKeyDown}
            sx={{ display: "flex", gap: 1.25, alignItems: "center", px: 1.25, py: 0.75, borderRadius: 1, cursor: "pointer", bgcolor: index === current ? "action.selected" : "transparent" }}
          >
            <Box sx={{ width: 24, display: "grid", placeItems: "center", color: "text.secondary" }}>{entry.icon}</Box>
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography noWrap>{entry.title}</Typography>
              {entry.detail && <Typography sx={{ color: "text.secondary" }} noWrap variant="body2">{entry.detail}</Typography>}
            </Box>
            {entry.kind && <Typography sx={{ color: "text.secondary" }} variant="caption">{entry.kind}</Typography>}
          </Box>
        ))}
      </Box>
      <Box role="status" sx={{ px: 2, pb: q && search.data?.length === 0 ? 1.5 : 0, color: "text.secondary", fontSize: "0.8125rem" }}>
        {search.error ? problemText(search.error, t) : q && search.data?.length === 0 && !search.isFetching ? t("search.nothing", { q }) : ""}
      </Box>
    </Dialog>
  );
}

import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Paper from "@mui/material/Paper";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useSchema } from "../api/schema";
import { searchQuery } from "../api/search";
import { useText } from "../i18n";
import { Snippet } from "../shell/Snippet";
import { EmptyState } from "../ui/EmptyState";
import { Link } from "../ui/links";
import { ObjectPicture } from "../ui/ObjectPicture";
import { PageHeader } from "../ui/PageHeader";
import { ProblemAlert } from "../ui/ProblemAlert";
import { useDebounced } from "../ui/useDebounced";
import { Waiting } from "../ui/Waiting";

export function SearchPage() {
  const t = useText();
  const schema = useSchema();
  const navigate = useNavigate();
  const { q = "", object } = useSearch({ from: "/app/search" });
  const [typed, setTyped] = useState(q);
  const settled = useDebounced(typed.trim());
  useEffect(() => {
    if (settled !== q) void navigate({ to: "/search", search: { q: settled || undefined, object }, replace: true });
  }, [settled, q, object, navigate]);
  const query = useQuery(searchQuery(settled, object, 50));
  const hits = query.data ?? [];
  const kinds = schema.objects.filter((each) => each.in_navigation && each.rights.read);
  return (
    <>
      <PageHeader title={t("search.title")} />
      <TextField type="search" autoFocus label={t("search.placeholder")} value={typed} onChange={(event) => setTyped(event.target.value)} sx={{ maxWidth: 640, mb: 1.5 }} />
      <Box role="group" aria-label={t("search.in")} sx={{ display: "flex", gap: 0.75, flexWrap: "wrap", mb: 2 }}>
        <Chip label={t("search.everything")} color={object ? "default" : "primary"} aria-pressed={!object} onClick={() => void navigate({ to: "/search", search: { q: settled } })} />
        {kinds.map((each) => <Chip key={each.name} label={each.plural_label} color={object === each.name ? "primary" : "default"} aria-pressed={object === each.name} onClick={() => void navigate({ to: "/search", search: { q: settled, object: each.name } })} />)}
      </Box>
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.isLoading && <Waiting />}
      {settled && query.data && hits.length === 0 && <EmptyState title={t("search.nothing", { q: settled })} />}
      {hits.length > 0 && (
        <Paper variant="outlined" component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
          {hits.map((hit) => {
            const found = schema.byName.get(hit.object);
            return (
              <Box component="li" key={hit.object + hit.id} sx={{ display: "flex", gap: 1.5, px: 2, py: 1.25, "& + li": { borderTop: 1, borderColor: "divider" } }}>
                {found && <ObjectPicture object={found} size={28} />}
                <Box sx={{ minWidth: 0, flex: 1 }}>
                  <Link to="/records/$object/$id" params={{ object: hit.object, id: hit.id }} sx={{ fontWeight: 600 }}>{hit.name}</Link>
                  <Typography variant="body2" sx={{ color: "text.secondary", overflowWrap: "anywhere" }}>
                    {[found?.label, hit.subtitle].filter(Boolean).join(" · ")}{hit.snippet && <> · <Snippet text={hit.snippet} /></>}
                  </Typography>
                </Box>
              </Box>
            );
          })}
        </Paper>
      )}
    </>
  );
}

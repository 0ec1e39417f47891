import Box from "@mui/material/Box";
import MuiLink from "@mui/material/Link";
import { Link } from "../ui/links";
import { useInboxText } from "./texts";
import type { Citation, Turn } from "./types";

/** Where an answer stands: the article here, else the page that customers see. */
export function Cited({ citation, turn }: { citation: Citation; turn?: Turn }) {
  const t = useInboxText();
  const article = citation.article ?? citation.article_id ?? turn?.article_id;
  const text = t("message.source", { article: [citation.title, citation.heading].filter(Boolean).join(" › ") });
  const look = { fontSize: "0.8125rem" };
  return (
    <Box sx={{ mt: 0.75, pt: 0.5, borderTop: 1, borderColor: "divider" }}>
      {article ? <Link to="/records/$object/$id" params={{ object: "article", id: article }} underline="always" sx={look}>{text}</Link>
        : citation.url && /^(https?:|\/)/.test(citation.url) ? <MuiLink href={citation.url} target="_blank" rel="noopener" underline="always" sx={look}>{text}</MuiLink>
        : <Box component="span" sx={look}>{text}</Box>}
    </Box>
  );
}

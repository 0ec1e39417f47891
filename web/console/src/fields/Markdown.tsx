import Box from "@mui/material/Box";
import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { fileAddress } from "../api/records";

/** Formatted text; raw HTML in it is not rendered, and pictures only where they are files of ours: no other server hears who reads. */
export default function Markdown({ text }: { text: string }) {
  return (
    <Box sx={{ "& > :first-of-type": { mt: 0 }, "& > :last-child": { mb: 0 }, "& p, & ul, & ol": { my: 1 }, "& h1, & h2, & h3": { fontSize: "0.9375rem", my: 1 }, "& a": { color: "primary.main" }, overflowWrap: "anywhere", ...pieces }}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={{ h1: "h3", h2: "h4", h3: "h5", img: ({ src, alt = "" }) => (src?.startsWith(fileAddress("")) ? <img src={src} alt={alt} loading="lazy" /> : <span>{alt}</span>) }}>{text}</ReactMarkdown>
    </Box>
  );
}

const pieces = {
  "& img": { maxWidth: "100%", height: "auto" },
  "& pre": { p: 1.5, borderRadius: 1, bgcolor: "action.hover", overflowX: "auto", overflowWrap: "normal" },
  "& :not(pre) > code": { px: 0.5, borderRadius: 0.5, bgcolor: "action.hover" },
  "& table": { display: "block", overflowX: "auto", borderCollapse: "collapse", my: 1 },
  "& th, & td": { border: 1, borderColor: "divider", px: 1, py: 0.5, textAlign: "left", overflowWrap: "normal" },
  "& blockquote": { m: 0, pl: 1.5, borderLeft: 3, borderColor: "divider", color: "text.secondary" },
};

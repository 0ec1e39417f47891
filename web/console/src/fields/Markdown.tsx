import Box from "@mui/material/Box";
import ReactMarkdown from "react-markdown";

/** Formatted text; raw HTML in it is not rendered. */
export default function Markdown({ text }: { text: string }) {
  return (
    <Box sx={{ "& > :first-of-type": { mt: 0 }, "& > :last-child": { mb: 0 }, "& p, & ul, & ol": { my: 1 }, "& h1, & h2, & h3": { fontSize: "0.9375rem", my: 1 }, "& a": { color: "primary.main" }, overflowWrap: "anywhere" }}>
      <ReactMarkdown components={{ h1: "h3", h2: "h4", h3: "h5", img: ({ alt }) => <span>{alt}</span> }}>{text}</ReactMarkdown>
    </Box>
  );
}

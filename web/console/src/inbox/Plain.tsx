import MuiLink from "@mui/material/Link";

const address = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/g;

/** Text as it was written, with its web addresses as links; nothing else of it is taken for more than text. */
export function Plain({ text }: { text: string }) {
  return <>{text.split(address).map((part, index) => (index % 2 === 1 ? <MuiLink key={index} href={part} target="_blank" rel="noopener noreferrer nofollow" underline="always">{part}</MuiLink> : part))}</>;
}

/** A piece of found text; the words that matched come between <b> or <mark> and are shown so, nothing else is markup. */
export function Snippet({ text }: { text: string }) {
  const parts = text.split(/<\/?(?:b|mark|em)>/);
  const decode = (part: string) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&#39;", "'").replaceAll("&amp;", "&");
  return <>{parts.map((part, index) => (index % 2 === 1 ? <strong key={index}>{decode(part)}</strong> : <span key={index}>{decode(part)}</span>))}</>;
}

/** Words of a Markdown text as its reader counts them: without marks, addresses and fences. */
export function countWords(markdown: string, language: string): number {
  const text = markdown.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/https?:\/\/\S+/g, "x");
  let count = 0;
  for (const { isWordLike } of segmenter(language).segment(text)) if (isWordLike) count += 1;
  return count;
}

function segmenter(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: "word" });
  } catch {
    return new Intl.Segmenter(undefined, { granularity: "word" });
  }
}

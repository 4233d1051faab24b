/** `export const page = {…};`, over as many lines as it takes. */
const EXPORT = /^export const \w+ = [\s\S]*?;\n/gm;
const FENCE = /^\s*(`{3,}|~{3,})/;
const TAG = /<(\/?)([A-Z]\w*)((?:\s+\w+(?:=(?:"[^"]*"|\{[^}]*\}))?)*)\s*(\/?)>/g;

/** The Markdown twin of a guide: its text without what is only for a screen. Figures are named by what they show. */
export function guideMarkdown(mdx: string, page: { readonly url: string }): string {
  const lines: string[] = [];
  let fence: string | null = null;
  let tagged = "";
  for (const line of mdx.replace(EXPORT, "").split("\n")) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === null && mark === undefined) {
      // A tag may run over several lines: it is read once it is whole.
      tagged = tagged === "" ? line : `${tagged} ${line.trim()}`;
      if (/<[A-Z]\w*[^>]*$/.test(tagged)) continue;
      lines.push(withoutTags(tagged));
      tagged = "";
      continue;
    }
    if (mark !== undefined) fence = fence === null ? mark : line.trim().startsWith(fence) ? null : fence;
    lines.push(line);
  }
  const text = lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return `${text}\n\n---\n\nThis page: ${page.url}\n`;
}

function withoutTags(line: string): string {
  const text = line.replace(TAG, (_, closing: string, tag: string, attributes: string, alone: string) => {
    if (closing !== "") return "";
    const title = /\b(?:title|caption|label)="([^"]*)"/.exec(attributes)?.[1];
    if (alone !== "") return `*Figure on the page: ${title ?? words(tag)}*`;
    return title === undefined ? "" : `**${title}**\n`;
  });
  // What stood inside a tag was indented under it.
  if (text === line) return line.replace(/^ {2,}(?![-*\d])/, "");
  // A title stands by itself: what follows it is a paragraph of its own.
  return text.endsWith("**\n") ? text.trimStart() : text.trim();
}

/** `ClearingPrice` → `clearing price` */
function words(tag: string): string {
  return tag.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

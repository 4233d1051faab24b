/** Text as it stands in HTML and XML, between tags and in quoted attributes; characters that XML has no place for are `�`. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll(NOT_XML, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** What XML 1.0 has no place for, not even escaped: controls, halves of characters, and two that are none. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

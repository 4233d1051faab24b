/** The anchor of a heading: `Fees of a batch` → `fees-of-a-batch`. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’']/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** The anchor of a figure, by its caption. */
export function figureId(caption: string): string {
  return `figure-${headingId(caption)}`;
}

/** The anchor of a heading: `Fees of a batch` → `fees-of-a-batch`. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’']/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

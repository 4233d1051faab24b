/**
 * The request texts of an example file. A file is one request; for methods that stream from the client it is several,
 * sent one by one, with a line `---` between them.
 */
export function parseExamples(file: string): string[] {
  return file
    .split(/^---[ \t]*$/m)
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

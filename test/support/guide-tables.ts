import { readFileSync } from "node:fs";

/** The rows of a table of a guide, without head and rule; numbers without their commas, code without its ticks. */
export type TableRows = readonly (readonly string[])[];

/** The tables that stand under a heading of a guide, in their order. Throws where it has no such heading. */
export function tablesUnder(slug: string, heading: string): TableRows[] {
  const source = readFileSync(new URL(`../../content/guides/${slug}.mdx`, import.meta.url), "utf8");
  const [, section] = source.split(new RegExp(`^#+ ${heading}$`, "m"));
  if (section === undefined) throw new Error(`${slug}.mdx has no heading ${heading}`);
  return section
    .split(/^#+ /m)[0]
    ?.split(/\n\s*\n/)
    .filter((block) => block.startsWith("|"))
    .map((block) => block.trim().split("\n").slice(2).map(readRow)) as TableRows[];
}

function readRow(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) =>
      cell
        .trim()
        .replaceAll("`", "")
        .replace("−", "-")
        .replace(/(?<=\d),(?=\d{3})/g, ""),
    );
}

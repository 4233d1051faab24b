import { isScalar, LineCounter, parseDocument, YAMLMap, type YAMLParseError } from "yaml";
import { nearestName } from "../schema/nearest-name.ts";
import type { NotebookInfo, NotebookProblem } from "./notebook.ts";

/** The lines between the fences, and how many characters of the source they take with them. */
const FENCED = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;

const LINES = {
  title: "what the notebook is called",
  description: "one sentence about it",
  order: "its place among the lessons, a whole number from 1",
  scenario: "the sandbox's scenario that it starts from",
  seed: "what the scenario's keys are drawn from, a whole number",
} as const;

export type FrontMatter =
  | { readonly kind: "ok"; readonly info: NotebookInfo; readonly length: number }
  | { readonly kind: "problems"; readonly problems: readonly NotebookProblem[] };

/** Reads the lines at the top of a notebook: `title`, `description`, and where wanted `order`, `scenario` and `seed`. */
export function readFrontMatter(source: string): FrontMatter {
  const match = FENCED.exec(source);
  if (match === null || match.index !== 0) {
    const message = source.startsWith("---")
      ? "the lines at the top do not end: after `title:` and `description:` comes another line `---`"
      : "a notebook begins with a line `---`, then `title:` and `description:`, then another line `---`";
    return { kind: "problems", problems: [{ line: 1, column: 1, offset: 0, length: 0, message }] };
  }
  const yaml = match[1] ?? "";
  const before = source.indexOf("\n") + 1;
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, intAsBigInt: true, version: "1.2" });
  const problems: NotebookProblem[] = [];
  const report = (from: number, to: number, message: string) => {
    const { line, col } = lines.linePos(from);
    problems.push({ line: line + 1, column: col, offset: before + from, length: to - from, message });
  };
  for (const error of document.errors) report(error.pos[0], error.pos[1], yamlProblem(error));
  if (!(document.contents instanceof YAMLMap) && yaml.trim() !== "" && problems.length === 0) {
    report(0, yaml.length, "each line at the top is written `title: what it is called`");
  }
  if (problems.length > 0) return { kind: "problems", problems };

  const found = new Map<string, unknown>();
  const places = new Map<string, readonly [from: number, to: number]>();
  if (document.contents instanceof YAMLMap) {
    for (const { key, value } of document.contents.items) {
      const name = isScalar(key) ? String(key.value) : "";
      const [from, to] = (isScalar(key) ? key.range : null) ?? [0, 0];
      places.set(name, [from, to]);
      if (!Object.hasOwn(LINES, name)) {
        const near = nearestName(name, Object.keys(LINES));
        const meant = near === null ? "" : `did you mean \`${near}\`? `;
        report(
          from,
          to,
          `there is no line \`${name}\`; ${meant}A notebook knows ${Object.keys(LINES).join(", ")}`,
        );
      } else if (!isScalar(value) || value.value === null) {
        report(from, to, `\`${name}\` needs a value on its line: ${LINES[name as keyof typeof LINES]}`);
      } else {
        found.set(name, value.value);
        const [start, end] = value.range ?? [from, to];
        places.set(name, [start, end]);
      }
    }
  }
  for (const name of ["title", "description"] as const) {
    if (!places.has(name)) report(0, 0, `\`${name}:\` is missing: ${LINES[name]}`);
  }
  const whole = (name: "order" | "seed"): bigint | null => {
    const value = found.get(name);
    if (value === undefined) return null;
    if (typeof value === "bigint" && value > 0n && value < 2n ** 64n) return value;
    const [from, to] = places.get(name) ?? [0, yaml.length];
    report(from, to, `\`${name}\` is ${LINES[name]}, not \`${String(value)}\``);
    return null;
  };
  const order = whole("order");
  const seed = whole("seed") ?? 1n;
  if (problems.length > 0) return { kind: "problems", problems };
  const info: NotebookInfo = {
    title: String(found.get("title")),
    description: String(found.get("description")),
    order: order === null ? null : Number(order),
    scenario: found.has("scenario") ? String(found.get("scenario")) : null,
    seed,
  };
  return { kind: "ok", info, length: match[0].length };
}

function yamlProblem({ code, message }: YAMLParseError): string {
  switch (code) {
    case "DUPLICATE_KEY":
      return "this line is there twice";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "a value with a colon in it stands in quotes";
    default:
      return `this is no YAML: ${message.replace(/ at line [\s\S]*$/, "")}`;
  }
}

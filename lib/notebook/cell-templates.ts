import { type Cell, capturedName, type Notebook } from "./notebook.ts";

/** What kinds of cells can be put into a notebook, with the words for it. */
export const NEW_CELLS = [
  { kind: "prose", label: "Text" },
  { kind: "call", label: "Call" },
  { kind: "expression", label: "Value" },
  { kind: "check", label: "Check" },
  { kind: "wait", label: "Wait" },
  { kind: "input", label: "Input" },
  { kind: "table", label: "Table" },
  { kind: "chart", label: "Chart" },
] as const satisfies readonly { readonly kind: Cell["kind"]; readonly label: string }[];

/** What a new call or wait calls. */
export interface TemplateMethod {
  /** Its full name. */
  readonly name: string;
  /** ProtoJSON to begin with: `{}` where nothing better is known. */
  readonly request: string;
}

/** The text of a new cell of a kind, with names that the notebook does not hold yet. */
export function newCell(notebook: Notebook, kind: Cell["kind"], method: TemplateMethod): string {
  const free = (name: string) => freeName(notebook, name);
  const capture = free(captureNameOf(method.name));
  const list = notebook.cells.map(capturedName).findLast((name) => name !== null) ?? "[]";
  switch (kind) {
    case "prose":
      return "Write here what the next step is for.";
    case "call":
      return component("Call", { as: capture, method: method.name }, [["json", method.request]]);
    case "wait":
      return component("Wait", { as: capture, method: method.name, timeout: "30s", every: "500ms" }, [
        ["json", method.request],
        ["cel", "true"],
      ]);
    case "expression":
      return component("Expression", { as: free("value") }, [["cel", "1 + 1"]]);
    case "check":
      return component("Check", { say: "What must hold, in words" }, [["cel", "true"]]);
    case "table":
      return component("Table", { of: list }, []);
    case "chart":
      return component(
        "Chart",
        { title: "What it shows", of: list, x: "row", y: "row", xLabel: "x", yLabel: "y" },
        [],
      );
    case "input":
      return component(
        "Input",
        { as: free("input"), label: "What is asked for", type: "int", value: "1" },
        [],
      );
  }
}

/** The name, with the first number after it that makes it one that no cell has. */
function freeName({ cells }: Notebook, name: string): string {
  const taken = new Set(cells.flatMap((cell) => [cell.id, capturedName(cell)]));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** `quoteAccount` of `poolrpc.Trader.QuoteAccount`. */
function captureNameOf(method: string): string {
  const last = method.slice(method.lastIndexOf(".") + 1).replaceAll(/\W/g, "");
  return last === "" ? "reply" : `${last.slice(0, 1).toLowerCase()}${last.slice(1)}`;
}

function component(
  name: string,
  attributes: Readonly<Record<string, string>>,
  blocks: readonly (readonly [language: string, text: string])[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  const opening = `<${name}${written.join("")}`;
  if (blocks.length === 0) return `${opening} />`;
  const inside = blocks.map(([language, text]) => `\`\`\`${language}\n${text}\n\`\`\``);
  return [`${opening}>`, ...inside, `</${name}>`].join("\n\n");
}

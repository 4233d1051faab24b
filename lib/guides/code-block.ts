/** What a fenced block of a guide is, by what stands behind its language. */
export type BlockKind =
  /** A command or a script that a test runs; `needs` names the program that not every machine has. */
  | { readonly kind: "run"; readonly needs: string | null }
  /** A request that the sandbox answers: with OK, or with a refusal where `refused` is set. */
  | { readonly kind: "request"; readonly method: string; readonly refused: boolean }
  /** What the sandbox replies to the request before it. */
  | { readonly kind: "reply"; readonly method: string }
  /** What a program prints, or what stands in a file: nothing to run. */
  | { readonly kind: "output" }
  | { readonly kind: "diagram"; readonly diagram: DiagramKind; readonly caption: string }
  /** A block whose author has not said what it is. */
  | { readonly kind: "unmarked"; readonly reason: string };

export type DiagramKind = "states" | "sequence";

export interface BlockMeta {
  readonly block: BlockKind;
  /** What stands above the block. */
  readonly title: string | null;
}

const WORD = /([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/g;

/** Reads what stands behind the three backticks: `json` and `request=poolrpc.Trader.QuoteOrder title="A quote"`. */
export function readBlockMeta(language: string | null, meta: string | null): BlockMeta {
  const words = new Map(
    [...(meta ?? "").matchAll(WORD)].map(
      ([, key = "", quoted, plain]) => [key, quoted ?? plain ?? ""] as const,
    ),
  );
  return { block: blockKind(language, words), title: words.get("title") ?? null };
}

function blockKind(language: string | null, words: ReadonlyMap<string, string>): BlockKind {
  if (language === "states" || language === "sequence") {
    const caption = words.get("caption") ?? "";
    return caption === ""
      ? { kind: "unmarked", reason: 'a diagram needs its caption="…"' }
      : { kind: "diagram", diagram: language, caption };
  }
  if (language === null) return { kind: "unmarked", reason: "it names no language" };
  if (words.has("output")) return { kind: "output" };
  if (words.has("run")) return { kind: "run", needs: words.get("run") || null };
  const request = words.get("request");
  if (request !== undefined) return { kind: "request", method: request, refused: words.has("refused") };
  const reply = words.get("reply");
  if (reply !== undefined) return { kind: "reply", method: reply };
  return { kind: "unmarked", reason: "it says neither run, request=…, reply=… nor output" };
}

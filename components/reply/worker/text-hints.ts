import { type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { type Node, parseTree } from "jsonc-parser";
import type { BytesForm } from "../../../lib/call/call.ts";
import { bytesRule } from "../../../lib/editor/bytes-rule.ts";
import { fieldDocs } from "../../../lib/editor/describe.ts";
import { hints } from "../../../lib/editor/hints.ts";
import { baseContext } from "../../../lib/editor/lenses/context.ts";
import { type ValuesOptions, writtenValues } from "../../../lib/editor/values.ts";
import type { MethodDocs } from "../../../lib/reference/method-docs.ts";
import { fromBase64, fromHex, toHex } from "../../../lib/schema/bytes-text.ts";

/** A longer text has no hints: it would have to be read as a whole for the lines in sight. */
const LONGEST_TEXT = 200_000;

/** What stands beside the lines of a reply's text: the same words as beside a request's values. */
export class TextHints {
  readonly #docs: MethodDocs;
  readonly #known = new WeakMap<
    readonly string[],
    { height: number | null; found: (string | undefined)[] }
  >();

  constructor(docs: MethodDocs) {
    this.#docs = docs;
  }

  /** By line, for the text of a `desc` message; the lines may lack an end, or be led by comments. */
  of(
    lines: readonly string[],
    desc: DescMessage,
    form: BytesForm,
    height: number | null,
  ): readonly (string | undefined)[] {
    const known = this.#known.get(lines);
    if (known !== undefined && known.height === height) return known.found;
    const found = this.#read(lines, desc, form, height);
    this.#known.set(lines, { height, found });
    return found;
  }

  #read(lines: readonly string[], desc: DescMessage, form: BytesForm, height: number | null) {
    const found: (string | undefined)[] = [];
    const text = lines.join("\n");
    const root = text.length > LONGEST_TEXT ? undefined : parseTree(text);
    if (root === undefined) return found;
    const docs = this.#docs;
    const options = {
      text,
      desc,
      docs,
      recents: [],
      context: baseContext(docs, { nowMs: Date.now(), height }),
    };
    const all = [...hints(root, [], options), ...transactions(root, options, form)];
    let line = 0;
    let end = lines[0]?.length ?? 0;
    for (const { offset, text } of all.sort((a, b) => a.offset - b.offset)) {
      while (end < offset && line < lines.length) end += 1 + (lines[++line]?.length ?? 0);
      found[line] = text;
    }
    return found;
  }
}

/** Transaction ids as explorers show them. */
function transactions(root: Node, options: ValuesOptions, form: BytesForm) {
  return writtenValues(root, options).flatMap(({ node, field }) => {
    if (field.scalar !== ScalarType.BYTES || typeof node.value !== "string" || node.value === "") return [];
    if (bytesRule(fieldDocs(options.docs, field)?.bytes)?.reversed !== true) return [];
    const bytes = form === "hex" ? fromHex(node.value) : fromBase64(node.value);
    return bytes === null ? [] : [{ offset: node.offset, text: `txid ${toHex(bytes.reverse())}` }];
  });
}

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { createLanguage } from "../lib/editor/language.ts";
import { integerRange } from "../lib/schema/scalar-range.ts";
import { bigSchema } from "../test/support/big-schema.ts";
import { race } from "./support/median.ts";
import type { Row } from "./support/row.ts";

const MESSAGES = 2_000;
const WIDTH = 10;
const LINES = 1_000;
const ROUNDS = { rounds: 40, warmUp: 10 } as const;
const MOST_COMPLETION_MS = 50;
const MOST_DIAGNOSTICS_MS = 150;

/** What is used of the language service that Monaco's own JSON support is made of. */
interface JsonService {
  newJSONDocumentOf(text: string): {
    complete(line: number, character: number): Promise<number>;
    validate(): Promise<number>;
  };
}

/**
 * What the editor does between a key and its answer, for a schema of 2,000 messages and for a request of 1,000 lines:
 * ours beside the JSON language of Monaco with a JSON schema that says the same, in one process, taking turns.
 */
export async function measureLanguage(): Promise<readonly Row[]> {
  const big = bigSchema(MESSAGES, WIDTH);
  const language = createLanguage({ ...big, bytes: "hex" });
  const json = await jsonService(jsonSchema(big.desc, MESSAGES));
  const popup = typed(20);
  const long = longRequest();
  const [popupDocument, longDocument] = [json.newJSONDocumentOf(popup.text), json.newJSONDocumentOf(long)];
  // What the two answer has to be the same, or their times say nothing.
  const items = language.complete(popup.text, popup.offset).filter(({ kind }) => kind === "field").length;
  const theirs = await popupDocument.complete(popup.line, popup.character);
  if (items !== theirs) throw new Error(`the popups differ: ${items} and ${theirs} fields`);
  const problems = language.diagnose(long).length;
  const theirProblems = await longDocument.validate();
  if (problems !== theirProblems) throw new Error(`the problems differ: ${problems} and ${theirProblems}`);

  let edit = 0;
  const completion = await race(
    {
      ours: async () => language.complete(`${popup.text}${" ".repeat(edit++ % 7)}`, popup.offset),
      json: () => popupDocument.complete(popup.line, popup.character),
    },
    ROUNDS,
  );
  const diagnostics = await race(
    {
      ours: async () => language.diagnose(`${long}${" ".repeat(edit++ % 7)}`),
      json: () => longDocument.validate(),
    },
    ROUNDS,
  );
  const { ours: completing, json: theirCompleting } = completion;
  const { ours: judging, json: theirJudging } = diagnostics;
  return [
    limit(`completion in a schema of ${MESSAGES} messages`, completing, MOST_COMPLETION_MS),
    shown("  Monaco's JSON language, the same popup", theirCompleting),
    limit(`diagnostics of ${LINES} lines, with the bytes to send`, judging, MOST_DIAGNOSTICS_MS),
    shown("  Monaco's JSON language, the same problems", theirJudging),
  ];
}

function shown(name: string, ours: number): Row {
  return { kind: "shown", name, unit: "ms", ours };
}

function limit(name: string, ours: number, most: number): Row {
  return { kind: "limit", name, unit: "ms", ours, most };
}

/** A request with the cursor in the innermost of so many messages. */
function typed(depth: number): { text: string; offset: number; line: number; character: number } {
  const open = `{\n${'"child_0": {\n'.repeat(depth)}`;
  return { text: `${open}\n${"}".repeat(depth + 1)}`, offset: open.length, line: depth + 1, character: 0 };
}

/** 1,000 lines of values, each tenth of them wrong. */
function longRequest(): string {
  const members = (level: number) =>
    Array.from({ length: WIDTH }, (_, at) => `"value_${at}": ${at === 0 ? '"none"' : level * WIDTH + at}`);
  const depth = Math.floor(LINES / (WIDTH + 2));
  let text = "";
  for (let level = 0; level < depth; level++) text += `{\n${members(level).join(",\n")},\n"child_0": `;
  return `${text}{}${"\n}".repeat(depth)}`;
}

/** The schema as JSON schema: only the names that the requests use, in snake case. */
function jsonSchema(root: DescMessage, count: number): unknown {
  const definitions: Record<string, unknown> = {};
  const queue = [root];
  for (let desc = queue.shift(); desc !== undefined; desc = queue.shift()) {
    if (desc.typeName in definitions) continue;
    definitions[desc.typeName] = {
      type: "object",
      additionalProperties: false,
      properties: Object.fromEntries(desc.fields.map((field) => [field.name, propertyOf(field)])),
    };
    for (const field of desc.fields) if (field.message !== undefined) queue.push(field.message);
  }
  if (Object.keys(definitions).length !== count) throw new Error("the schema does not hold every message");
  return { $ref: `#/definitions/${root.typeName}`, definitions };
}

function propertyOf(field: DescField): unknown {
  const description = "A field of a schema that is large.";
  if (field.message !== undefined) return { $ref: `#/definitions/${field.message.typeName}`, description };
  const range = field.scalar === undefined ? null : integerRange(field.scalar);
  return { type: "integer", minimum: Number(range?.min), maximum: Number(range?.max), description };
}

async function jsonService(schema: unknown): Promise<JsonService> {
  const folder = join(
    import.meta.dirname,
    "../node_modules/monaco-editor/esm/external/vscode-json-languageservice/lib/esm",
  );
  const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
  const [{ getLanguageService }, { TextDocument }] = await Promise.all([
    load("jsonLanguageService.js"),
    load("jsonLanguageTypes.js"),
  ]);
  const service = getLanguageService({});
  service.configure({
    validate: true,
    allowComments: true,
    schemas: [{ uri: "big://schema", fileMatch: ["*"], schema }],
  });
  let version = 0;
  return {
    newJSONDocumentOf(text) {
      const fresh = () => {
        const document = TextDocument.create("file:///request.json", "json", version++, text);
        return { document, tree: service.parseJSONDocument(document) };
      };
      return {
        async complete(line, character) {
          const { document, tree } = fresh();
          return (await service.doComplete(document, { line, character }, tree)).items.length;
        },
        async validate() {
          const { document, tree } = fresh();
          return (await service.doValidation(document, tree)).length;
        },
      };
    },
  };
}

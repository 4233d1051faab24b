import { type Document, LineCounter, type ParsedNode, parseDocument } from "yaml";
import { SourceError } from "./source-error.ts";

/** A YAML file that was read, and how to say what is wrong at a place in it. */
export interface YamlSource {
  readonly document: Document.Parsed<ParsedNode>;
  /** Throws a SourceError with the line of the offset; without an offset, for the file as a whole. */
  readonly fail: (offset: number | undefined, reason: string) => never;
}

/** Parses YAML text. `file` is its path, for errors. Throws a SourceError where it is not valid. */
export function parseYamlSource(yaml: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const fail = (offset: number | undefined, reason: string): never => {
    throw new SourceError(file, offset === undefined ? null : lines.linePos(offset).line, reason);
  };
  const [error] = document.errors;
  if (error !== undefined) {
    fail(error.pos[0], error.message.split("\n", 1)[0] ?? "not valid YAML");
  }
  return { document, fail };
}

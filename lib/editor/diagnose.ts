import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { Node } from "jsonc-parser";
import type { BytesForm } from "../call/call.ts";
import { fieldByKey } from "../schema/field-by-key.ts";
import type { Problem } from "../schema/problem.ts";
import { parseRequest } from "../schema/request-syntax.ts";
import { readRequest } from "../schema/request-text.ts";
import { type Hazard, knownHazards } from "./safety.ts";

export interface DiagnoseOptions {
  readonly desc: DescMessage;
  readonly registry: Registry;
  readonly bytes: BytesForm;
  /** Full name of the method the request is for: its known hazards are told too. */
  readonly method?: string;
}

/** Everything there is to say about a request's text, in the order of the text. */
export function diagnose(text: string, options: DiagnoseOptions): readonly Problem[] {
  const read = readRequest(text, options.desc, options);
  if (read.kind === "problems") return read.problems;
  if (options.method === undefined) return read.warnings;
  const hazards = knownHazards(options.method, options.desc, read.message).map((hazard) =>
    hazardProblem(text, options.desc, hazard),
  );
  return [...hazards, ...read.warnings].sort((a, b) => a.offset - b.offset);
}

function hazardProblem(text: string, desc: DescMessage, { path, message }: Hazard): Problem {
  const key = keyAt(parseRequest(text).root, desc, path);
  const place = { offset: key?.offset ?? 0, length: key?.length ?? 1 };
  return { severity: "warning", code: "hazard", message, path: path.join("."), ...place };
}

/** The key of the field at the path, by either of its names. */
function keyAt(root: Node | null, desc: DescMessage, path: readonly string[]): Node | null {
  let object: Node | undefined = root ?? undefined;
  let type: DescMessage | undefined = desc;
  let found: Node | null = null;
  for (const name of path) {
    const holder: DescMessage | undefined = type;
    const property: Node | undefined = object?.children?.find(
      (each) => holder !== undefined && fieldByKey(holder, String(each.children?.[0]?.value))?.name === name,
    );
    found = property?.children?.[0] ?? null;
    object = property?.children?.[1];
    type = holder === undefined ? undefined : fieldByKey(holder, name)?.message;
  }
  return found;
}

import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { findNodeAtOffset, getNodePath, type JSONPath } from "jsonc-parser";
import { splitLens } from "../../schema/bytes-lens.ts";
import { applyEdits } from "../../schema/problem.ts";
import { parseRequest } from "../../schema/request-syntax.ts";
import { readRequest } from "../../schema/request-text.ts";
import { type Literal, type MessageLiteral, readLiteral } from "../../snippets/literal.ts";
import type { CallPart } from "../notebook.ts";
import { findPlaceholders, type Placeholder } from "../placeholders.ts";
import { type Lowering, lowerExpression } from "./lower-expression.ts";
import { type Term, type TermType, typeName, Untranslatable } from "./term.ts";
import { BYTES, commonType, fieldType, INT, isInteger, STRING, UINT } from "./term-types.ts";

/** A request as literals, some of which stand for values of earlier cells. */
export interface RequestLiteral {
  readonly message: MessageLiteral;
  /** The message itself where no value of a cell is in it. */
  readonly fixed: Message | null;
  /** What is to be written in the place of a literal of the message, by that literal: a value of the type that is needed there. */
  readonly values: ReadonlyMap<Literal, Placed>;
}

export interface Placed {
  readonly term: Term;
  /** What the field holds. */
  readonly type: TermType;
}

/** Reads a request with its placeholders. Throws `Untranslatable`. */
export function readRequestLiteral(
  text: string,
  input: DescMessage,
  { bytes }: Pick<CallPart, "bytes">,
  lowering: Lowering,
): RequestLiteral {
  const { root } = parseRequest(text);
  const places = findPlaceholders(text).map((placeholder) => {
    const node = root === null ? undefined : findNodeAtOffset(root, placeholder.offset);
    if (node === undefined) throw new Untranslatable("a placeholder of it stands nowhere");
    const path = getNodePath(node);
    const target = targetOf(path, input);
    return { placeholder, path, target };
  });
  const sampled = applyEdits(
    text,
    places.map(({ placeholder, target }) => ({ ...placeholder, text: sampleOf(target, bytes) })),
  );
  const reading = readRequest(sampled, input, { bytes, registry: lowering.registry });
  if (reading.kind !== "ok") {
    const [problem] = reading.problems.filter(({ severity }) => severity === "error");
    throw new Untranslatable(`it is no ${input.typeName}: ${problem?.message ?? "it can't be read"}`);
  }
  const message = readLiteral(input, reading.message);
  if (message === null) throw new Untranslatable("it holds an extension");
  const filled = new Map<Literal, Placed>();
  let whole: MessageLiteral = message;
  for (const { placeholder, path, target } of places) {
    const [literal, place] = placed(whole, path, target);
    whole = literal;
    const type = typeOfTarget(target);
    const term = placeholderTerm(placeholder, bytes, type, lowering);
    filled.set(place, { type, term: fitting(term, type, bytes) });
  }
  return { message: whole, fixed: places.length === 0 ? reading.message : null, values: filled };
}

/** What a placeholder stands for: a field, or (`item`) one of the values of a list or map. */
interface Target {
  readonly field: DescField;
  readonly item: boolean;
}

function targetOf(path: JSONPath, input: DescMessage): Target {
  let desc: DescMessage | undefined = input;
  let target: Target | null = null;
  for (const segment of path) {
    if (
      target !== null &&
      !target.item &&
      (target.field.fieldKind === "list" || target.field.fieldKind === "map")
    ) {
      target = { field: target.field, item: true };
      continue;
    }
    desc = target === null ? input : target.field.message;
    const field: DescField | undefined = desc?.fields.find((each) => isNamed(each, segment));
    if (field === undefined) throw new Untranslatable(`there is no field \`${path.join(".")}\``);
    target = { field, item: false };
  }
  if (target === null) throw new Untranslatable("the whole request is a placeholder");
  return target;
}

function isNamed({ name, jsonName }: DescField, segment: string | number): boolean {
  return name === segment || jsonName === segment;
}

function typeOfTarget({ field, item }: Target): TermType {
  const type = fieldType(field);
  if (!item) return type;
  return type.kind === "list" ? type.item : type.kind === "map" ? type.value : type;
}

/** A value that the field takes, which is not its default where it has one. */
function sampleOf(target: Target, bytes: CallPart["bytes"]): string {
  const type = typeOfTarget(target);
  switch (type.kind) {
    case "bool":
      return "true";
    case "int":
    case "uint":
      return type.enum === null
        ? "1"
        : JSON.stringify(type.enum.values[1]?.name ?? type.enum.values[0]?.name);
    case "double":
      return "1.5";
    case "bytes":
      return bytes === "hex" ? '"00"' : '"AAAA"';
    case "list":
      return "[]";
    case "map":
    case "message":
      return "{}";
    default:
      return '"text"';
  }
}

/** The literal at a path, put there where nothing is; with the message that then has it. */
function placed(message: MessageLiteral, path: JSONPath, target: Target): readonly [MessageLiteral, Literal] {
  const [segment, ...rest] = path;
  const found = message.fields.find(({ field }) => isNamed(field, segment ?? ""));
  if (found === undefined) {
    // An empty list or map is not set.
    const value: Literal =
      target.field.fieldKind === "map" ? { kind: "map", entries: [] } : { kind: "list", items: [] };
    const fields = [...message.fields, { field: target.field, value }];
    const inOrder = message.type.fields.flatMap((field) => fields.filter((each) => each.field === field));
    return [{ ...message, fields: inOrder }, value];
  }
  let leaf: Literal = found.value;
  const inside = (value: Literal, path: JSONPath): Literal => {
    const [first, ...more] = path;
    if (first === undefined) {
      leaf = value;
      return value;
    }
    switch (value.kind) {
      case "message": {
        const [message, at] = placed(value, path, target);
        leaf = at;
        return message;
      }
      case "list":
        return {
          kind: "list",
          items: value.items.map((each, at) => (at === first ? inside(each, more) : each)),
        };
      case "map":
        return {
          kind: "map",
          entries: value.entries.map(([key, each]) =>
            "value" in key && String(key.value) === first
              ? ([key, inside(each, more)] as const)
              : ([key, each] as const),
          ),
        };
      default:
        throw new Untranslatable(`there is nothing at \`${path.join(".")}\``);
    }
  };
  const value = inside(found.value, rest);
  const fields = message.fields.map((each) => (each === found ? { ...each, value } : each));
  return [{ ...message, fields }, leaf];
}

/** What a placeholder stands for; of a field that holds bytes the bytes, where the text says how they are written. */
function placeholderTerm(
  { whole, parts }: Placeholder,
  bytes: CallPart["bytes"],
  type: TermType,
  lowering: Lowering,
): Term {
  const [first] = parts;
  const lens = type.kind === "bytes" && first?.kind === "text" ? splitLens(first.text, bytes) : null;
  const written =
    lens?.prefixed === true && first?.kind === "text"
      ? [{ ...first, text: lens.body }, ...parts.slice(1)]
      : parts;
  const terms = written.flatMap((part): Term[] => {
    if (part.kind === "text") {
      return part.text === ""
        ? []
        : [{ kind: "constant", value: { kind: "string", value: part.text }, type: STRING }];
    }
    const term = lowerExpression(part.expression, lowering);
    return [whole ? term : asText(term, bytes)];
  });
  const text = terms.reduce((left, right) => ({ kind: "concat", left, right, type: STRING }));
  if (lens?.lens === "text") return { kind: "call", name: "bytes", args: [text], type: BYTES };
  if (lens !== null && lens.lens !== "hex") throw new Untranslatable(`it writes bytes as ${lens.lens}`);
  return lens === null ? text : { kind: "call", name: "unhex", args: [text], type: BYTES };
}

function asText(term: Term, bytes: CallPart["bytes"]): Term {
  switch (term.type.kind) {
    case "string":
      return term;
    case "bool":
    case "int":
    case "uint":
    case "double":
      return { kind: "call", name: "string", args: [term], type: STRING };
    case "bytes":
      if (bytes === "hex") return { kind: "call", name: "hex", args: [term], type: STRING };
      throw new Untranslatable(`it writes bytes as ${bytes}`);
    default:
      throw new Untranslatable(`only texts, numbers and bytes can stand within a longer string`);
  }
}

/** The value in the type of the field, as ProtoJSON would read it; throws where it does not read it. */
function fitting(term: Term, type: TermType, bytes: CallPart["bytes"]): Term {
  const of = term.type;
  if (isInteger(type) && isInteger(of)) return term;
  if (of.kind === type.kind && of.kind !== "list" && of.kind !== "map" && of.kind !== "message") return term;
  if (isInteger(type) && type.enum === null && of.kind === "string") {
    return { kind: "integer", of: term, checked: true, type: type.kind === "int" ? INT : UINT };
  }
  if (type.kind === "double" && isInteger(of)) return { kind: "call", name: "double", args: [term], type };
  if (type.kind === "bytes" && of.kind === "string" && bytes === "hex") {
    return { kind: "call", name: "unhex", args: [term], type: BYTES };
  }
  if (type.kind === "string" && of.kind === "bytes") return asText(term, bytes);
  if (type.kind === "list" && of.kind === "list" && isInteger(type.item) && isInteger(of.item)) return term;
  try {
    commonType(of, type);
  } catch {
    throw new Untranslatable(`${typeName(of)} is put where ${typeName(type)} is needed`);
  }
  return term;
}

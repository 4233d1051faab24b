import { create, type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { readJsonBytes } from "./go-base64.ts";
import { scalarName, toScalar } from "./json-scalars.ts";
import { type JsonToken, readTokens, type TokenReader } from "./json-tokens.ts";

/** A JSON text that is not this message. The message is protojson's. */
export class JsonRefusal extends Error {
  override readonly name = "JsonRefusal";
}

/** Deeper messages are refused. */
const MAX_DEPTH = 10_000;

/** Reads a message from text that is known to be JSON, as Go's protojson does. Throws a `JsonRefusal`. */
export function readJsonMessage<Desc extends DescMessage>(desc: Desc, text: string): Message {
  const message = create(desc);
  const tokens = readTokens(text);
  readInto(reflect(desc, message), tokens, 0);
  return message;
}

function readInto(message: ReflectMessage, tokens: TokenReader, depth: number): void {
  if (depth > MAX_DEPTH) throw new JsonRefusal("proto: exceeded max recursion depth");
  expect(tokens, "{");
  const { desc } = message;
  const seen = new Set<DescField>();
  const seenOneofs = new Set<string>();
  for (let token = tokens.next(); token.kind !== "}"; token = tokens.next()) {
    const field =
      desc.fields.find(({ jsonName }) => jsonName === token.text) ??
      desc.fields.find(({ name }) => name === token.text);
    if (field === undefined) refuse(tokens, token, `unknown field ${token.raw}`);
    if (seen.has(field)) refuse(tokens, token, `duplicate field ${token.raw}`);
    seen.add(field);
    if (tokens.peek().kind === "null") {
      tokens.next();
      continue;
    }
    const { oneof } = field;
    if (oneof !== undefined) {
      if (seenOneofs.has(oneof.name)) {
        const name = `${desc.typeName}.${oneof.name}`;
        refuse(tokens, token, `error parsing ${token.raw}, oneof ${name} is already set`);
      }
      seenOneofs.add(oneof.name);
    }
    readField(message, field, tokens, depth);
  }
}

function readField(message: ReflectMessage, field: DescField, tokens: TokenReader, depth: number): void {
  switch (field.fieldKind) {
    case "message": {
      const inner = create(field.message);
      readInto(reflect(field.message, inner), tokens, depth + 1);
      message.set(field, reflect(field.message, inner));
      return;
    }
    case "list": {
      expect(tokens, "[");
      const list = message.get(field);
      while (tokens.peek().kind !== "]") {
        if (field.listKind === "message") {
          const inner = create(field.message);
          readInto(reflect(field.message, inner), tokens, depth + 1);
          list.add(reflect(field.message, inner));
        } else {
          list.add(readValue(field, tokens));
        }
      }
      tokens.next();
      return;
    }
    case "map":
      // No request of the API has one.
      throw new JsonRefusal(`proto: the sandbox reads no maps (field ${field.name})`);
    case "scalar":
    case "enum":
      message.set(field, readValue(field, tokens));
  }
}

/** One number, text, truth, name of an enum or run of bytes. */
function readValue(
  field: Extract<DescField, { fieldKind: "scalar" | "enum" | "list" }>,
  tokens: TokenReader,
): unknown {
  const token = tokens.next();
  if (field.enum !== undefined) {
    const named =
      token.kind === "string" ? field.enum.values.find(({ name }) => name === token.text)?.number : undefined;
    const value = named ?? (token.kind === "number" ? toScalar(ScalarType.INT32, token) : undefined);
    return value ?? refuse(tokens, token, `invalid value for enum type: ${token.raw}`);
  }
  const scalar = field.scalar ?? ScalarType.STRING;
  const value =
    scalar === ScalarType.BYTES
      ? token.kind === "string"
        ? readJsonBytes(token.text)
        : undefined
      : toScalar(scalar, token);
  return value ?? refuse(tokens, token, `invalid value for ${scalarName(scalar)} type: ${token.raw}`);
}

function expect(tokens: TokenReader, kind: JsonToken["kind"]): void {
  const token = tokens.next();
  if (token.kind !== kind) {
    throw new JsonRefusal(`proto: syntax error (${tokens.place(token.at)}): unexpected token ${token.raw}`);
  }
}

function refuse(tokens: TokenReader, { at }: JsonToken, text: string): never {
  throw new JsonRefusal(`proto: (${tokens.place(at)}): ${text}`);
}

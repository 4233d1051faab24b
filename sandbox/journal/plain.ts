import {
  createRegistry,
  fromBinary,
  isMessage,
  type Message,
  type Registry,
  toBinary,
} from "@bufbuild/protobuf";
import { file_auctioneerrpc_auctioneer } from "../../gen/auctioneerrpc/auctioneer_pb.ts";
import { file_poolrpc_trader } from "../../gen/poolrpc/trader_pb.ts";

const MESSAGES: Registry = createRegistry(file_poolrpc_trader, file_auctioneerrpc_auctioneer);

/**
 * A value of the ledger as JSON that keeps every bit: besides what JSON has, `{"$int": "1"}` is a bigint, `{"$hex": "00"}`
 * bytes, `{"$message": [type, base64]}` a protobuf message and `{"$none": 0}` undefined.
 */
export function writePlain(value: unknown): string {
  return JSON.stringify(toJson(value));
}

/** What `writePlain` wrote. Throws where the text is something else. */
export function readPlain(text: string): unknown {
  return fromJson(JSON.parse(text));
}

function toJson(value: unknown): unknown {
  if (value === undefined) return { $none: 0 };
  if (typeof value === "bigint") return { $int: value.toString() };
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Uint8Array) return { $hex: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return value.map(toJson);
  if (isMessage(value)) return { $message: [value.$typeName, messageBytes(value)] };
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item)]));
}

function messageBytes(message: Message): string {
  return Buffer.from(toBinary(schemaOf(message.$typeName), message)).toString("base64");
}

function fromJson(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(fromJson);
  const { $none, $int, $hex, $message } = value as Record<string, unknown>;
  if ($none !== undefined) return undefined;
  if (typeof $int === "string") return BigInt($int);
  if (typeof $hex === "string") return Uint8Array.from(Buffer.from($hex, "hex"));
  if (Array.isArray($message)) {
    const [name, bytes] = $message as [string, string];
    return fromBinary(schemaOf(name), Uint8Array.from(Buffer.from(bytes, "base64")));
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fromJson(item)]));
}

function schemaOf(name: string) {
  const schema = MESSAGES.getMessage(name);
  if (schema === undefined) throw new Error(`${name} is not a message of the sandbox`);
  return schema;
}

import type { DescMethod, JsonValue } from "@bufbuild/protobuf";
import { fromBinary, fromJson, toBinary, toJson } from "@bufbuild/protobuf";
import type { SandboxAddress } from "./sandbox-process.ts";

/** How a call ended and what came before that. */
export interface ScriptAnswer {
  /** The gRPC status. 0 also where the client had enough of a stream and ended it. */
  readonly code: number;
  readonly message: string;
  /** Replies as canonical JSON. */
  readonly replies: readonly JsonValue[];
}

/** A call as the script has it, with all values filled in. */
export interface ScriptCall {
  readonly method: DescMethod;
  /** One message, or all of a stream of requests, which is closed after them. */
  readonly requests: readonly JsonValue[];
  /** After so many replies the client ends the stream; null: it waits for the end. */
  readonly take: number | null;
}

/** A sandbox and the macaroon of one of its worlds. */
export interface ScriptTarget extends SandboxAddress {
  readonly ca: Buffer;
  /** Hex. */
  readonly macaroon: string;
}

/** A client that makes the script's calls. */
export interface ScriptClient {
  readonly name: string;
  /** Whether the client has a way to this method at all. */
  can(method: DescMethod): boolean;
  call(call: ScriptCall): Promise<ScriptAnswer>;
  close(): Promise<void>;
}

/** Milliseconds that any one call may take. */
export const PATIENCE = 20_000;

/** The port that serves a method. */
export function portOf(target: ScriptTarget, method: DescMethod): number {
  return isAuctioneers(method) ? target.auctioneerPort : target.port;
}

/** Whether the auctioneer serves it, which asks for no macaroon. */
export function isAuctioneers({ parent }: DescMethod): boolean {
  return parent.typeName === "poolrpc.ChannelAuctioneer" || parent.typeName === "poolrpc.HashMail";
}

/** `/poolrpc.Trader/GetInfo` */
export function pathOf({ parent, name }: DescMethod): string {
  return `/${parent.typeName}/${name}`;
}

/** A request of the script as it goes over the wire. */
export function encodeRequest({ input }: DescMethod, request: JsonValue): Uint8Array {
  return toBinary(input, fromJson(input, request));
}

/** A reply's bytes as JSON with every field, by the names of the proto: what all clients' replies are compared as. */
export function canonicalBytes({ output }: DescMethod, bytes: Uint8Array): JsonValue {
  return toJson(output, fromBinary(output, bytes), { alwaysEmitImplicit: true, useProtoFieldName: true });
}

/** The same of a reply that a client gave as JSON. A field that the proto does not have is an error. */
export function canonicalJson({ output }: DescMethod, json: JsonValue): JsonValue {
  return toJson(output, fromJson(output, json), { alwaysEmitImplicit: true, useProtoFieldName: true });
}

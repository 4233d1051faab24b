import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { create, type DescMethod, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type Any, AnySchema, anyPack, StringValueSchema } from "@bufbuild/protobuf/wkt";
import { Metadata, status } from "@grpc/grpc-js";
import { InvalidOrderSchema } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { CipherBoxSchema } from "../../../gen/auctioneerrpc/hashmail_pb.ts";
import { type Handler, PeerStatus } from "./handler.ts";
import { manyOrders } from "./orders.ts";

/**
 * What a test may ask of any call by request metadata:
 *
 * | name | effect |
 * |---|---|
 * | `x-peer-headers`, `x-peer-trailers` | `name=value,…` sent as such; a `-bin` value is base64 |
 * | `x-peer-echo` | each received name comes back as header `x-echo-<name>`; `macaroon` does not |
 * | `x-peer-delay-ms` | the answer waits, after any headers |
 * | `x-peer-hang` | no answer at all, after any headers |
 * | `x-peer-swallow` | the request is carried out, and its answer never sent |
 * | `x-peer-error` | ends with this status code, at once or after `x-peer-error-after` messages |
 * | `x-peer-error-message` | the text of that status, percent-encoded |
 * | `x-peer-error-details` | adds `grpc-status-details-bin` with a StringValue of this text |
 * | `x-peer-error-field` | adds a `google.rpc.BadRequest` too, that names this field |
 * | `x-peer-error-order` | adds a `poolrpc.InvalidOrder` too, with this as its text |
 * | `x-peer-orders` | instead of the answer: a `ListOrders` reply of so many orders |
 * | `x-peer-messages` | instead of the answer: so many numbered messages, as fast as they are read |
 * | `x-peer-reply-bytes` | pads each message to exactly so many bytes |
 */
export interface Knobs {
  /** Headers to send before anything else, or null for none. */
  readonly headers: Metadata | null;
  readonly trailers: Metadata;
  /** The handler with the wishes of this call applied. */
  apply(method: DescMethod, handler: Handler): Handler;
}

/** Reads the wishes of one call. A number that is none counts as not given. */
export function readKnobs(metadata: Metadata): Knobs {
  const text = (name: string) => metadata.get(`x-peer-${name}`)[0]?.toString();
  const number = (name: string) => {
    const value = Number(text(name) ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 ? value : null;
  };
  const headers = pairs(text("headers"));
  if (text("echo") !== undefined) echo(metadata, headers);
  const size = number("reply-bytes") ?? 0;
  const count = number("messages");
  const orders = number("orders");
  const code = number("error");
  return {
    headers: Object.keys(headers.getMap()).length > 0 ? headers : null,
    trailers: pairs(text("trailers")),
    apply: (method, handler) =>
      async function* (requests, context) {
        const { signal } = context;
        const aborted = () => undefined;
        await sleep(number("delay-ms") ?? 0, undefined, { signal }).catch(aborted);
        if (text("hang") !== undefined) await sleep(2 ** 31 - 1, undefined, { signal }).catch(aborted);
        const failure =
          code === null
            ? null
            : toStatus(code, {
                message: text("error-message"),
                details: text("error-details"),
                field: text("error-field"),
                order: text("error-order"),
              });
        const failAfter = number("error-after") ?? 0;
        if (failure !== null && failAfter === 0) throw failure;
        const replies =
          orders !== null
            ? Readable.from([manyOrders(orders)])
            : count === null
              ? handler(requests, context)
              : flood(method, count, size);
        let sent = 0;
        for await (const reply of replies) {
          if (text("swallow") !== undefined) await sleep(2 ** 31 - 1, undefined, { signal }).catch(aborted);
          yield pad(reply, size);
          sent += 1;
          if (failure !== null && sent >= failAfter) throw failure;
        }
      },
  };
}

function pairs(list: string | undefined): Metadata {
  const metadata = new Metadata();
  for (const pair of list?.split(",") ?? []) {
    const equals = pair.indexOf("=");
    const name = pair.slice(0, equals).trim().toLowerCase();
    const value = pair.slice(equals + 1);
    metadata.add(name, name.endsWith("-bin") ? Buffer.from(value, "base64") : value);
  }
  return metadata;
}

function echo(received: Metadata, headers: Metadata): void {
  for (const name of Object.keys(received.getMap())) {
    if (name === "macaroon") continue;
    for (const value of received.get(name)) headers.add(`x-echo-${name}`, value);
  }
}

function toStatus(
  code: number,
  wishes: Readonly<Record<"message" | "details" | "field" | "order", string | undefined>>,
): PeerStatus {
  const text = decodeURIComponent(wishes.message ?? "asked for by x-peer-error");
  const trailers = new Metadata();
  const details: Any[] = [];
  if (wishes.details !== undefined) {
    details.push(anyPack(StringValueSchema, create(StringValueSchema, { value: wishes.details })));
  }
  if (wishes.field !== undefined) details.push(badRequest(wishes.field));
  if (wishes.order !== undefined) {
    details.push(anyPack(InvalidOrderSchema, create(InvalidOrderSchema, { failString: wishes.order })));
  }
  if (details.length > 0) trailers.set("grpc-status-details-bin", richStatus(code, text, details));
  return new PeerStatus(code === status.OK ? status.UNKNOWN : code, text, trailers);
}

/** A `google.rpc.BadRequest`, written field by field: violations = 1, with field = 1 and description = 2. */
function badRequest(field: string): Any {
  const violation = new BinaryWriter()
    .tag(1, WireType.LengthDelimited)
    .string(field)
    .tag(2, WireType.LengthDelimited)
    .string("not as it should be")
    .finish();
  const value = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(violation).finish();
  return create(AnySchema, { typeUrl: "type.googleapis.com/google.rpc.BadRequest", value });
}

/** A `google.rpc.Status`, written field by field: code = 1, message = 2, details = 3. */
function richStatus(code: number, message: string, details: readonly Any[]): Buffer {
  const writer = new BinaryWriter().tag(1, WireType.Varint).int32(code);
  writer.tag(2, WireType.LengthDelimited).string(message);
  for (const any of details) writer.tag(3, WireType.LengthDelimited).bytes(toBinary(AnySchema, any));
  return Buffer.from(writer.finish());
}

const INDEX_FIELD = 50_001;
const PADDING_FIELD = 50_002;

function* numbered(method: DescMethod, count: number, size: number): Iterable<Uint8Array> {
  for (let index = 0; index < count; index += 1) {
    if (method.output.typeName === CipherBoxSchema.typeName) {
      const msg = Buffer.alloc(Math.max(size - 10, 12), " ");
      msg.write(String(index));
      yield toBinary(CipherBoxSchema, create(CipherBoxSchema, { msg }));
    } else {
      yield new BinaryWriter().tag(INDEX_FIELD, WireType.Varint).uint32(index).finish();
    }
  }
}

async function* flood(method: DescMethod, count: number, size: number): AsyncIterable<Uint8Array> {
  yield* numbered(method, count, size);
}

/** Adds an unknown field that brings the message to `size` bytes; one that is as long already stays as it is. */
function pad(message: Uint8Array, size: number): Uint8Array {
  const filled = (length: number) =>
    new BinaryWriter()
      .raw(message)
      .tag(PADDING_FIELD, WireType.LengthDelimited)
      .bytes(new Uint8Array(length))
      .finish();
  const overhead = filled(0).length;
  if (size < overhead) return message;
  const once = filled(size - overhead);
  // The length prefix itself grows with the padding.
  return once.length === size ? once : filled(size - overhead - (once.length - size));
}

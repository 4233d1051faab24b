import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** What a macaroon permits: an entity (`account`, `order`, …) and the actions on it. */
export interface Op {
  readonly entity: string;
  readonly actions: readonly string[];
}

/** The content of a macaroon's identifier, as lnd's bakery lays it out. */
export interface Identifier {
  readonly nonce: Uint8Array;
  /** The id of the root key: "0" for the daemon's own. */
  readonly storageId: string;
  readonly ops: readonly Op[];
}

const VERSION = 3;

/** One version byte, then a protobuf message: nonce = 1, storage id = 2, repeated op = 3. */
export function encodeIdentifier(id: Identifier): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).bytes(id.nonce);
  writer.tag(2, WireType.LengthDelimited).bytes(new TextEncoder().encode(id.storageId));
  for (const op of id.ops) {
    writer.tag(3, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(op.entity);
    for (const action of op.actions) {
      writer.tag(2, WireType.LengthDelimited).string(action);
    }
    writer.join();
  }
  return Uint8Array.from([VERSION, ...writer.finish()]);
}

/** Undefined where the bytes are no identifier of this version. */
export function decodeIdentifier(bytes: Uint8Array): Identifier | undefined {
  if (bytes[0] !== VERSION) {
    return undefined;
  }
  try {
    return readIdentifier(bytes.subarray(1));
  } catch {
    return undefined;
  }
}

/** What the identifier of a macaroon permits, as `entity:action` in its own order; null where it does not say it. */
export function permissionsIn(identifier: Uint8Array): readonly string[] | null {
  const ops = decodeIdentifier(identifier)?.ops;
  return ops?.flatMap(({ entity, actions }) => actions.map((action) => `${entity}:${action}`)) ?? null;
}

function readIdentifier(bytes: Uint8Array): Identifier {
  const reader = new BinaryReader(bytes);
  let nonce = new Uint8Array();
  let storageId = "";
  const ops: Op[] = [];
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1) {
      nonce = Uint8Array.from(reader.bytes());
    } else if (field === 2) {
      storageId = new TextDecoder().decode(reader.bytes());
    } else if (field === 3) {
      ops.push(readOp(reader.bytes()));
    } else {
      reader.skip(wireType);
    }
  }
  return { nonce, storageId, ops };
}

function readOp(bytes: Uint8Array): Op {
  const reader = new BinaryReader(bytes);
  let entity = "";
  const actions: string[] = [];
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1) {
      entity = reader.string();
    } else if (field === 2) {
      actions.push(reader.string());
    } else {
      reader.skip(wireType);
    }
  }
  return { entity, actions };
}

import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { scalarName } from "../schema/scalar-range.ts";

/** What a field's number stands for in a message's bytes. */
export interface WireField {
  readonly name: string;
  /** As the proto file says it; of a map's field what it is on the wire. */
  readonly type: string;
  readonly scalar: ScalarType | null;
  readonly enum: DescEnum | null;
  /** Whether several values may lie in one stretch of bytes. */
  readonly packs: boolean;
  /** What is in it, where it is a message. */
  shape(): WireShape | null;
}

/** The fields of a message by number. */
export type WireShape = ReadonlyMap<number, WireField>;

const shapes = new WeakMap<DescMessage, WireShape>();

export function wireShape(desc: DescMessage): WireShape {
  let shape = shapes.get(desc);
  if (shape === undefined) {
    shape = new Map(desc.fields.map((field) => [field.number, wireField(field)]));
    shapes.set(desc, shape);
  }
  return shape;
}

function wireField(field: DescField): WireField {
  if (field.fieldKind === "map") {
    const entry = new Map([
      [1, plain("key", field.mapKey, undefined, undefined)],
      [2, plain("value", field.scalar, field.enum, field.message)],
    ]);
    return { ...plain(field.name, undefined, undefined, undefined), type: "map entry", shape: () => entry };
  }
  const packs = field.fieldKind === "list" && field.message === undefined && !isText(field.scalar);
  return { ...plain(field.name, field.scalar, field.enum, field.message), packs };
}

function plain(
  name: string,
  scalar: ScalarType | undefined,
  enumeration: DescEnum | undefined,
  message: DescMessage | undefined,
): WireField {
  return {
    name,
    type: message?.name ?? enumeration?.name ?? (scalar === undefined ? "" : scalarName(scalar)),
    scalar: scalar ?? null,
    enum: enumeration ?? null,
    packs: false,
    shape: () => (message === undefined ? null : wireShape(message)),
  };
}

function isText(scalar: ScalarType | undefined): boolean {
  return scalar === ScalarType.STRING || scalar === ScalarType.BYTES;
}

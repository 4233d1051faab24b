import { create, fromBinary } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import {
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  type FileDescriptorSet,
  FileDescriptorSetSchema,
  type SourceCodeInfo_Location as Location,
} from "@bufbuild/protobuf/wkt";

/** Numbers of the fields of descriptor.proto that are read here. */
const SET_FILE = 1;
const FILE_SOURCE_INFO = 9;
const INFO_LOCATION = 1;
const LOCATION_PATH = 1;
const LOCATION_SPAN = 2;
const LOCATION_LEADING = 3;
const LOCATION_TRAILING = 4;

/**
 * Reads a binary `FileDescriptorSet` with its source info, of which it keeps the locations of definitions: most of an
 * image is where each name, type and number in them stands, and comments that belong to none.
 */
export function readImage(bytes: Uint8Array): FileDescriptorSet {
  const file: FileDescriptorProto[] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number === SET_FILE) file.push(readFile(reader.bytes()));
    else reader.skip(type, number);
  }
  return create(FileDescriptorSetSchema, { file });
}

function readFile(bytes: Uint8Array): FileDescriptorProto {
  const rest: Uint8Array[] = [];
  const location: Location[] = [];
  const reader = new BinaryReader(bytes);
  let from = 0;
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [number, type] = reader.tag();
    if (number !== FILE_SOURCE_INFO || type !== WireType.LengthDelimited) {
      reader.skip(type, number);
      continue;
    }
    rest.push(bytes.subarray(from, start));
    readLocations(reader.bytes(), location);
    from = reader.pos;
  }
  rest.push(bytes.subarray(from));
  const file = fromBinary(FileDescriptorProtoSchema, joined(rest));
  if (location.length > 0) file.sourceCodeInfo = { $typeName: "google.protobuf.SourceCodeInfo", location };
  return file;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function readLocations(bytes: Uint8Array, locations: Location[]): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number !== INFO_LOCATION) {
      reader.skip(type, number);
      continue;
    }
    const end = reader.uint32() + reader.pos;
    const location = readLocation(reader, end);
    if (location !== null) locations.push(location);
    reader.pos = end;
  }
}

/** Null where it is of no definition: the path of one is pairs of a field and the place in it. */
function readLocation(reader: BinaryReader, end: number): Location | null {
  let path: number[] = [];
  let span: number[] = [];
  let leadingComments = "";
  let trailingComments = "";
  while (reader.pos < end) {
    const [number, type] = reader.tag();
    if (number === LOCATION_PATH) {
      path = readNumbers(reader, type, path);
      if (type === WireType.LengthDelimited && path.length % 2 === 1) return null;
    } else if (number === LOCATION_SPAN) span = readNumbers(reader, type, span);
    else if (number === LOCATION_LEADING) leadingComments = reader.string();
    else if (number === LOCATION_TRAILING) trailingComments = reader.string();
    else reader.skip(type, number);
  }
  const $typeName = "google.protobuf.SourceCodeInfo.Location";
  return { $typeName, path, span, leadingComments, trailingComments, leadingDetachedComments: [] };
}

/** Packed or one by one. */
function readNumbers(reader: BinaryReader, type: WireType, known: readonly number[]): number[] {
  if (type !== WireType.LengthDelimited) return [...known, reader.int32()];
  const numbers = [...known];
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) numbers.push(reader.int32());
  return numbers;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { clone, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import {
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  type FileDescriptorSet,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { readComments, readLines } from "../../../lib/reference/comments.ts";
import { readImage } from "../../../lib/schema/read-image.ts";
import { everythingImage } from "../../support/everything-api.ts";

const image = await everythingImage();
const bytes = toBinary(FileDescriptorSetSchema, image);

test("an image is read with all but the source info of what is no definition", () => {
  const read = readImage(bytes);
  assert.deepEqual(bare(read), bare(fromBinary(FileDescriptorSetSchema, bytes)));
  for (const [i, file] of image.file.entries()) {
    const own = read.file[i] as FileDescriptorProto;
    assert.deepEqual(readComments(own), readComments(file), file.name);
    assert.deepEqual(readLines(own), readLines(file), file.name);
  }
  const kept = locations(read);
  assert.ok(kept > 0 && kept < locations(image) / 2, `${kept} of ${locations(image)} locations`);
});

test("it can be written again", () => {
  const again = toBinary(FileDescriptorSetSchema, readImage(bytes));
  assert.deepEqual(
    bare(fromBinary(FileDescriptorSetSchema, again)),
    bare(fromBinary(FileDescriptorSetSchema, bytes)),
  );
});

test("the numbers of a path may stand one by one, and unknown fields anywhere", () => {
  const location = new BinaryWriter().tag(1, 0).int32(4).tag(1, 0).int32(0).tag(3, 2).string(" Text.\n");
  const info = new BinaryWriter().tag(99, 0).int32(1).tag(1, 2).bytes(location.finish());
  const plain = create(FileDescriptorProtoSchema, { name: "a.proto", messageType: [{ name: "A" }] });
  const file = new BinaryWriter()
    .raw(new BinaryWriter().tag(9, 2).bytes(info.finish()).finish())
    .raw(toBinary(FileDescriptorProtoSchema, plain));
  const set = new BinaryWriter().tag(99, 0).int32(1).tag(1, 2).bytes(file.finish()).finish();
  const [read] = readImage(set).file;
  assert.deepEqual([...readComments(read as FileDescriptorProto)], [["A", " Text.\n"]]);
});

test("an image that is cut off is refused", () => {
  assert.throws(() => readImage(bytes.subarray(0, bytes.length - 7)), RangeError);
});

function bare(set: FileDescriptorSet): FileDescriptorProto[] {
  return set.file.map((file) => {
    const copy = clone(FileDescriptorProtoSchema, file);
    delete copy.sourceCodeInfo;
    return copy;
  });
}

function locations({ file }: FileDescriptorSet): number {
  return file.reduce((sum, { sourceCodeInfo }) => sum + (sourceCodeInfo?.location.length ?? 0), 0);
}

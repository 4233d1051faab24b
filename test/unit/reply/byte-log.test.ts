import assert from "node:assert/strict";
import { test } from "node:test";
import { ByteLog } from "../../../lib/reply/byte-log.ts";
import { LineIndex } from "../../../lib/reply/line-index.ts";
import { randomFrom } from "../../support/random.ts";

test("messages of any size are read back as they came, also those that were put aside", async () => {
  const random = randomFrom(5);
  const log = new ByteLog();
  const sizes = Array.from({ length: 3_000 }, (_, index) =>
    index % 500 === 0 ? 1_500_000 : Math.floor(random() * 20_000),
  );
  for (const [index, size] of sizes.entries()) log.append(new Uint8Array(size).fill(index % 256));
  assert.equal(log.length, sizes.length);
  assert.equal(
    log.bytes,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  assert.ok(log.read(0) instanceof Promise, "the first message was put aside");
  assert.ok(log.read(sizes.length - 1) instanceof Uint8Array, "the last one is at hand");
  for (const [index, size] of sizes.entries()) {
    const bytes = await log.read(index);
    assert.equal(bytes.length, size);
    assert.equal(log.size(index), size);
    if (size > 0) assert.deepEqual([bytes[0], bytes[size - 1]], [index % 256, index % 256]);
  }
});

test("the line index finds the block of a line while counts change", () => {
  const random = randomFrom(6);
  const index = new LineIndex();
  const counts: number[] = [];
  for (let block = 0; block < 2_000; block++) {
    counts.push(Math.floor(random() * 5));
    index.push(counts[block] as number);
  }
  for (let change = 0; change < 500; change++) {
    const block = Math.floor(random() * counts.length);
    counts[block] = Math.floor(random() * 9);
    index.set(block, counts[block] as number);
  }
  const owners = counts.flatMap((count, block) =>
    Array.from({ length: count }, (_, line) => ({ block, line })),
  );
  assert.equal(index.total, owners.length);
  for (let line = 0; line < owners.length; line += 7) assert.deepEqual(index.find(line), owners[line]);
  assert.equal(index.startOf(0), 0);
  assert.equal(
    index.startOf(1_000),
    counts.slice(0, 1_000).reduce((sum, count) => sum + count, 0),
  );
});

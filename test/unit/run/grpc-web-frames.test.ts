import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameReader, frameMessage, type WebFrame } from "../../../lib/run/grpc-web-frames.ts";

const first = Uint8Array.of(1, 2, 3);
const long = new Uint8Array(70_000).fill(7);
const trailers = Buffer.from("grpc-status: 0\r\nX-Note:  a: b \r\n");
const body = Buffer.concat([
  frameMessage(first),
  frameMessage(new Uint8Array()),
  frameMessage(long),
  Uint8Array.of(0x80, 0, 0, 0, trailers.length),
  trailers,
]);

const expected: WebFrame[] = [
  { kind: "message", wire: first },
  { kind: "message", wire: new Uint8Array() },
  { kind: "message", wire: long },
  {
    kind: "trailers",
    trailers: [
      { name: "grpc-status", value: "0" },
      { name: "x-note", value: "a: b" },
    ],
  },
];

test("a body gives its messages and trailers, however it is cut", () => {
  for (const size of [body.length, 1, 2, 4, 5, 6, 7, 1_000, 65_536]) {
    const reader = new FrameReader();
    const frames: WebFrame[] = [];
    for (let at = 0; at < body.length; at += size) {
      frames.push(...reader.read(new Uint8Array(body.subarray(at, at + size))));
    }
    assert.deepEqual(frames, expected, `in pieces of ${size} bytes`);
    assert.equal(reader.partial, false);
  }
});

test("a body that breaks off is told from one that ends", () => {
  for (const cut of [1, 4, 5, 6, body.length - 1]) {
    const reader = new FrameReader();
    [...reader.read(new Uint8Array(body.subarray(0, cut)))];
    assert.equal(reader.partial, true, `after ${cut} bytes`);
  }
});

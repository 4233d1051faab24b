import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  EMPTY_COLLECTION,
  findRequest,
  readCollection,
  type SavedRequest,
  withoutRequest,
  withRequest,
  writeCollection,
} from "../../../lib/workspace/collection.ts";

const bid: SavedRequest = {
  name: "Bid",
  folder: "orders",
  method: "poolrpc.Trader.SubmitOrder",
  bytes: "hex",
  request: '{\n  // one unit\n  "amt": 100000\n}',
};
const info: SavedRequest = {
  name: "Info",
  folder: "",
  method: "other.Service.Gone",
  bytes: "base64",
  request: "{}",
};

const text = `{
  "version": 1,
  "requests": [
    {
      "name": "Info",
      "method": "other.Service.Gone",
      "bytes": "base64",
      "request": [
        "{}"
      ]
    },
    {
      "name": "Bid",
      "folder": "orders",
      "method": "poolrpc.Trader.SubmitOrder",
      "bytes": "hex",
      "request": [
        "{",
        "  // one unit",
        "  \\"amt\\": 100000",
        "}"
      ]
    }
  ]
}
`;

test("THREATS 22: a file of very many requests is read at once", () => {
  const requests = Array.from({ length: 15_000 }, (_, at) => ({
    name: `n${at}`,
    method: "a.B.C",
    request: "{}",
  }));
  const begun = performance.now();
  assert.equal(readCollection(JSON.stringify({ version: 1, requests })).kind, "ok");
  const took = performance.now() - begun;
  assert.ok(took < 2_000, `it took ${took} ms`);
});

test("a file is the same whatever the order of saving, and is read as it was written", () => {
  const one = withRequest(withRequest(EMPTY_COLLECTION, bid), info);
  const other = withRequest(withRequest(EMPTY_COLLECTION, info), bid);
  assert.equal(writeCollection(one), text);
  assert.equal(writeCollection(other), text);
  assert.deepEqual(readCollection(text), { kind: "ok", collection: { requests: [info, bid] } });
});

test("people may leave things out and write a request as one text", () => {
  const short = '{"version": 1, "requests": [{"name": "A", "method": "a.B.C", "request": "{}",},]} // mine';
  const expected = { name: "A", folder: "", method: "a.B.C", bytes: "hex", request: "{}" };
  assert.deepEqual(readCollection(short), { kind: "ok", collection: { requests: [expected] } });
});

test("saving under a name that is taken replaces; removing leaves the others", () => {
  const changed = withRequest({ requests: [info, bid] }, { ...bid, request: "{}" });
  assert.equal(findRequest(changed, bid)?.request, "{}");
  assert.deepEqual(withoutRequest(changed, bid), { requests: [info] });
  assert.equal(findRequest(changed, { folder: "", name: "Bid" }), undefined);
});

describe("what is wrong is told with its place", () => {
  const saved = '{"name": "A", "method": "a.B.C", "request": "{}"}';
  const rows: readonly (readonly [text: string, problem: string])[] = [
    ["", "line 1, column 1: value expected here."],
    ['{"version": 1,\n "requests": [}', "line 2, column 15: value expected here."],
    ["[]", "line 1, column 1: a collection is an object: { … }."],
    ['{"requests": []}', 'line 1, column 1: a collection has "version": 1.'],
    [
      '{"version": 7}',
      "line 1, column 13: a newer Pool Playground wrote this collection: update this one to read it.",
    ],
    ['{"version": 1}', 'line 1, column 1: a collection has "requests": [ … ].'],
    ['{"version": 1, "more": 2}', 'line 1, column 16: a collection has no "more": it has version, requests.'],
    ['{"version": 1, "version": 1}', 'line 1, column 16: "version" is there twice.'],
    [
      `{"version": 1, "requests": [\n${saved},\n${saved}]}`,
      'line 3, column 1: "A" is there twice in one folder: rename one.',
    ],
    ['{"version": 1, "requests": [5]}', "line 1, column 29: a saved request is an object: { … }."],
    ['{"version": 1, "requests": [{"name": 5}]}', 'line 1, column 29: a saved request has "method": "…".'],
    [
      '{"version": 1, "requests": [{"method": "nope", "name": "A"}]}',
      'line 1, column 40: "nope" is no full name of a method, such as package.Service.Method.',
    ],
    [
      '{"version": 1, "requests": [{"method": "a.B.C", "name": "a\\nb"}]}',
      "line 1, column 57: A name is one line of text without spaces around it.",
    ],
    [
      '{"version": 1, "requests": [{"method": "a.B.C", "name": "A", "bytes": "utf8"}]}',
      'line 1, column 71: "bytes" is "hex", "base64" or "base64url".',
    ],
    [
      '{"version": 1, "requests": [{"method": "a.B.C", "name": "A", "request": ["{", 5]}]}',
      'line 1, column 79: a saved request has "request": its lines, as a list of texts.',
    ],
    [
      '{"version": 1, "requests": [{"method": "a.B.C", "name": "A"}]}',
      'line 1, column 29: a saved request has "request": its lines, as a list of texts.',
    ],
    ["[".repeat(500_000), "it is nested too deeply."],
  ];
  for (const [text, message] of rows) {
    test(message, () => assert.deepEqual(readCollection(text), { kind: "problem", message }));
  }
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  type CollectionAnswer,
  EMPTY_COLLECTION,
  MOST_COLLECTION_BYTES,
  type SavedRequest,
  withRequest,
  writeCollection,
} from "../../lib/workspace/collection.ts";
import { CollectionFile } from "../../server/collections/collection-file.ts";
import { type Playground, peerAsSandbox, startPlayground, temporaryFolder } from "./support/playground.ts";
import { canaryMacaroon } from "./support/recording-servers.ts";

const bid: SavedRequest = {
  name: "Bid",
  folder: "",
  method: "poolrpc.Trader.SubmitOrder",
  bytes: "hex",
  request: '{\n  "bid": {} // mine\n}',
};
const text = writeCollection(withRequest(EMPTY_COLLECTION, bid));
const other = writeCollection(withRequest(EMPTY_COLLECTION, { ...bid, name: "Other" }));

/** A profile that nothing is asked of. */
const nowhere = peerAsSandbox({ port: 1, auctioneerPort: 1, tlsCertPath: "", macaroonPath: "" });

interface Keeper extends AsyncDisposable {
  readonly playground: Playground;
  readonly path: string;
  readonly folder: string;
}

async function startKeeper(): Promise<Keeper> {
  const folder = temporaryFolder();
  const path = join(folder.path, "requests.json");
  const playground = await startPlayground([nowhere], { collection: new CollectionFile(path) });
  return {
    ...{ playground, path, folder: folder.path },
    [Symbol.asyncDispose]: async () => {
      await playground.stop();
      folder[Symbol.dispose]();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: CollectionAnswer;
}

async function load({ playground: { origin, cookie } }: Keeper): Promise<Answer> {
  const response = await fetch(`${origin}/api/collection`, { headers: { cookie, "x-playground": "1" } });
  return { status: response.status, body: (await response.json()) as CollectionAnswer };
}

async function save(
  { playground: { origin, cookie } }: Keeper,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${origin}/api/collection`, {
    method: "PUT",
    headers: { cookie, origin, "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as CollectionAnswer };
}

function problemOf({ body }: Answer): string {
  return body.kind === "problem" ? body.message : `no problem: ${JSON.stringify(body)}`;
}

function versionOf({ body }: Answer): string | null {
  return body.kind === "file" ? body.version : assert.fail(problemOf({ status: 0, body }));
}

test("the file is made by the first save, read back as it was, and named without its folder", async () => {
  await using keeper = await startKeeper();
  const empty = await load(keeper);
  assert.deepEqual(empty, {
    status: 200,
    body: { kind: "file", name: "requests.json", text: null, version: null },
  });
  assert.ok(!existsSync(keeper.path), "reading made the file");
  const saved = await save(keeper, { version: null, text });
  assert.equal(saved.status, 200);
  assert.equal(readFileSync(keeper.path, "utf8"), text);
  const again = await load(keeper);
  assert.deepEqual(again.body, { kind: "file", name: "requests.json", text, version: versionOf(saved) });
});

test("a file that was changed on disk is not overwritten, and both are there to compare", async () => {
  await using keeper = await startKeeper();
  const version = versionOf(await save(keeper, { version: null, text }));
  writeFileSync(keeper.path, other);
  const refused = await save(keeper, { version, text: writeCollection(EMPTY_COLLECTION) });
  assert.equal(refused.status, 409);
  assert.equal(refused.body.kind === "file" && refused.body.text, other);
  assert.equal(readFileSync(keeper.path, "utf8"), other);
  assert.equal((await save(keeper, { version: versionOf(refused), text })).status, 200);
  // A first save does not replace what somebody made meanwhile either.
  assert.equal((await save(keeper, { version: null, text: other })).status, 409);
  assert.equal(readFileSync(keeper.path, "utf8"), text);
});

test("of many saves at once on one version exactly one is taken", async () => {
  await using keeper = await startKeeper();
  const texts = Array.from({ length: 12 }, (_, at) =>
    writeCollection(withRequest(EMPTY_COLLECTION, { ...bid, name: `Number ${at}` })),
  );
  const answers = await Promise.all(texts.map((each) => save(keeper, { version: null, text: each })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(11).fill(409)]);
  const winner = answers.findIndex(({ status }) => status === 200);
  assert.equal(readFileSync(keeper.path, "utf8"), texts[winner]);
});

test("the file is replaced, not written into: its mode stays, a link stays a link, nothing is left beside it", async () => {
  await using keeper = await startKeeper();
  const shared = join(keeper.folder, "shared");
  mkdirSync(shared);
  const target = join(shared, "team.json");
  writeFileSync(target, other);
  chmodSync(target, 0o600);
  symlinkSync(target, keeper.path);
  const before = statSync(target).ino;
  const saved = await save(keeper, { version: versionOf(await load(keeper)), text });
  assert.equal(saved.status, 200);
  assert.equal(readFileSync(target, "utf8"), text);
  assert.notEqual(statSync(target).ino, before);
  assert.equal(statSync(target).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(shared), ["team.json"]);
  assert.deepEqual(readdirSync(keeper.folder).sort(), ["requests.json", "shared"]);
});

describe("what is not a collection is not written", () => {
  const macaroon = canaryMacaroon().toString("hex");
  const withSecret = writeCollection(
    withRequest(EMPTY_COLLECTION, { ...bid, request: `{"x": "${macaroon}"}` }),
  );
  const rows: readonly (readonly [
    name: string,
    body: unknown,
    status: number,
    problem: RegExp,
    headers?: Record<string, string>,
  ])[] = [
    ["no JSON", "version", 400, /not \{"version"/],
    ["no text", { version: null }, 400, /not \{"version"/],
    ["a version that is a number", { version: 1, text }, 400, /not \{"version"/],
    [
      "a collection with a mistake",
      { version: null, text: '{"version": 1, "requests": 5}' },
      400,
      /line 1, column 28/,
    ],
    ["a path", { version: null, text, path: "/etc/passwd", name: "../x" }, 200, /no problem/],
    ["a macaroon", { version: null, text: withSecret }, 400, /holds a macaroon\. Nothing was written/],
    [
      "a text that is too large",
      { version: null, text: " ".repeat(MOST_COLLECTION_BYTES + 1) },
      413,
      /at most 1 MiB/,
    ],
    ["a body that is too large", " ".repeat(7 << 20), 413, /at most 1 MiB/],
    [
      "another content type",
      { version: null, text },
      415,
      /application\/json/,
      { "content-type": "text/plain" },
    ],
  ];
  for (const [name, body, status, problem, headers] of rows) {
    test(name, async () => {
      await using keeper = await startKeeper();
      const answer = await save(keeper, body, headers);
      assert.equal(answer.status, status);
      assert.match(problemOf(answer), problem);
      assert.equal(existsSync(keeper.path), status === 200);
      assert.deepEqual(readdirSync(keeper.folder), status === 200 ? ["requests.json"] : []);
    });
  }
});

describe("a file that cannot be used says why", () => {
  const rows: readonly (readonly [name: string, make: (path: string) => void, problem: RegExp])[] = [
    ["a folder", (path) => mkdirSync(path), /requests\.json cannot be read: it is a folder/],
    ["a pipe", (path) => execFileSync("mkfifo", [path]), /it is not a plain file/],
    [
      "too large",
      (path) => writeFileSync(path, Buffer.alloc(MOST_COLLECTION_BYTES + 1, 32)),
      /larger than 1 MiB/,
    ],
    ["no text", (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0])), /not UTF-8 text/],
  ];
  for (const [name, make, problem] of rows) {
    test(name, async () => {
      await using keeper = await startKeeper();
      make(keeper.path);
      const loaded = await load(keeper);
      assert.equal(loaded.status, 500);
      assert.match(problemOf(loaded), problem);
      assert.ok(!problemOf(loaded).includes(keeper.folder), "the folder is told");
      const saved = await save(keeper, { version: null, text });
      assert.equal(saved.status, 500);
    });
  }

  test("in a folder that is gone", async () => {
    await using playground = await startPlayground([nowhere], {
      collection: new CollectionFile("/nonexistent/folder/requests.json"),
    });
    const keeper = { playground } as Keeper;
    const saved = await save(keeper, { version: null, text });
    assert.equal(saved.status, 500);
    assert.match(problemOf(saved), /requests\.json cannot be written: its folder does not exist/);
  });
});

describe("THREATS 3, 4: the collection is for this server's page with a session", () => {
  const refusals: readonly (readonly [
    name: string,
    method: string,
    headers: (keeper: Keeper) => Record<string, string>,
    status: number,
  ])[] = [
    ["reading without a session", "GET", () => ({ "x-playground": "1" }), 401],
    ["reading without the header", "GET", ({ playground: { cookie } }) => ({ cookie }), 403],
    [
      "reading from another page",
      "GET",
      ({ playground: { cookie } }) => ({ cookie, "x-playground": "1", origin: "http://evil.test" }),
      403,
    ],
    ["saving without an origin", "PUT", ({ playground: { cookie } }) => ({ cookie }), 403],
    [
      "saving from another page",
      "PUT",
      ({ playground: { cookie } }) => ({ cookie, origin: "http://evil.test" }),
      403,
    ],
    ["saving without a session", "PUT", ({ playground: { origin } }) => ({ origin }), 401],
    ["posting", "POST", ({ playground: { cookie, origin } }) => ({ cookie, origin }), 405],
    ["deleting", "DELETE", ({ playground: { cookie, origin } }) => ({ cookie, origin }), 405],
  ];
  for (const [name, method, headers, status] of refusals) {
    test(name, async () => {
      await using keeper = await startKeeper();
      writeFileSync(keeper.path, text);
      const version = versionOf(await load(keeper));
      const response = await fetch(`${keeper.playground.origin}/api/collection`, {
        method,
        headers: { "content-type": "application/json", ...headers(keeper) },
        ...(method === "GET" ? {} : { body: JSON.stringify({ version, text: other }) }),
      });
      assert.equal(response.status, status);
      assert.ok(!(await response.text()).includes("SubmitOrder"), "the collection is told");
      assert.equal(readFileSync(keeper.path, "utf8"), text);
    });
  }
});

import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { adviceFor } from "../../components/run/advice.ts";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import type { RunError } from "../../lib/call/run-event.ts";
import { bakeMacaroon, READ_PERMISSIONS } from "../../sandbox/macaroon/bake.ts";
import { isWrite } from "../../server/policy/access.ts";
import { createProfileStore } from "../../server/profiles/profile-store.ts";
import { startTestSandbox, type TestSandbox } from "../sandbox/trader-client.ts";
import { permissions } from "./support/api.ts";
import { callWeb } from "./support/grpc-web.ts";
import { type Playground, peerAsDaemon, startPlayground, temporaryFolder } from "./support/playground.ts";
import { confirmed, switchWrites } from "./support/writes.ts";

/** What is in the profile's macaroon file, null for no file, and what every method then says. */
interface Row {
  readonly name: string;
  readonly file: () => Uint8Array | null;
  readonly reason: RunError["reason"];
  readonly code: number;
  readonly message: RegExp;
  readonly advice: RegExp;
  /** Whether it is about writes alone: reads pass the daemon's check. */
  readonly writesOnly?: boolean;
}

const folder = temporaryFolder();
const macaroonPath = join(folder.path, "pool.macaroon");
const hex = (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString("hex"));
let sandbox: TestSandbox;
let playground: Playground;
let admin: Uint8Array;
let rootKey: Uint8Array;

before(async () => {
  sandbox = await startTestSandbox();
  admin = readFileSync(sandbox.sandbox.macaroonPath);
  const stored: unknown = JSON.parse(readFileSync(join(sandbox.dir, "regtest", "macaroons.json"), "utf8"));
  rootKey = Buffer.from((stored as { rootKeys: Record<string, string> }).rootKeys["0"] ?? "", "hex");
  writeFileSync(macaroonPath, admin);
  const profile = peerAsDaemon({ ...sandbox.sandbox, macaroonPath });
  const profiles = createProfileStore([profile], { home: folder.path });
  playground = await startPlayground([profile], { profiles });
  await switchWrites(playground, true);
});

after(async () => {
  await playground.stop();
  await sandbox.stop();
  folder[Symbol.dispose]();
});

const unreadable = (why: RegExp) =>
  ({
    reason: "macaroon-unreadable",
    code: 16,
    message: new RegExp(`~/pool\\.macaroon of poold at localhost:\\d+ cannot be used: ${why.source}`),
    // The bridge's sentence holds its own advice.
    advice: /Put the daemon's own macaroon there\./,
  }) as const;
const refusedByDaemon = (message: RegExp) =>
  ({
    reason: null,
    code: 2,
    message,
    advice: /does not accept ~\/pool\.macaroon for this method\. Check/,
  }) as const;

const ROWS: readonly Row[] = [
  { name: "missing", file: () => null, ...unreadable(/there is no such file/) },
  { name: "empty", file: () => new Uint8Array(), ...unreadable(/it is empty/) },
  { name: "cut", file: () => admin.subarray(0, 60), ...unreadable(/it holds no macaroon/) },
  { name: "cut, as hex", file: () => hex(admin).subarray(0, 121), ...unreadable(/it holds no macaroon/) },
  {
    name: "not hex",
    file: () => Buffer.concat([Buffer.from("zz"), hex(admin)]),
    ...unreadable(/it holds no macaroon/),
  },
  {
    name: "of another key",
    file: () => bakeMacaroon(new Uint8Array(32).fill(7)),
    ...refusedByDaemon(/^verification failed: signature mismatch/),
  },
  {
    name: "with a caveat that fails",
    file: () => bakeMacaroon(rootKey, undefined, ["time-before 2020-01-01T00:00:00Z"]),
    ...refusedByDaemon(/^caveat "time-before 2020-01-01T00:00:00Z" not satisfied/),
  },
  {
    name: "with a caveat that nobody knows",
    file: () => bakeMacaroon(rootKey, undefined, ["ipaddr 127.0.0.1"]),
    ...refusedByDaemon(/^caveat "ipaddr 127\.0\.0\.1" not satisfied/),
  },
  {
    name: "for reading only",
    file: () => bakeMacaroon(rootKey, READ_PERMISSIONS),
    writesOnly: true,
    ...refusedByDaemon(/^permission denied$/),
  },
];

async function call(method: string): Promise<RunError> {
  const write = isWrite(method, permissions);
  const nonce = write ? await confirmed(playground, new Uint8Array(), { method }) : undefined;
  const { code, message, reason } = await callWeb(playground, method, undefined, {
    "x-playground-profile": "poold",
    "x-playground-confirmation": nonce,
  });
  return {
    source: reason === null ? "daemon" : "bridge",
    reason: reason as RunError["reason"],
    code,
    message,
    outcome: "answered",
    metadata: [],
    details: [],
  };
}

describe("THREATS 9: a macaroon that is no good", () => {
  for (const { name } of Trader.methods) {
    const method = `poolrpc.Trader.${name}`;
    test(`THREATS 9: ${method}`, async () => {
      const [profile] = createProfileStore([{ ...peerAsDaemon({ ...sandbox.sandbox, macaroonPath }) }], {
        home: folder.path,
      }).list();
      for (const row of ROWS) {
        const bytes = row.file();
        if (bytes === null) rmSync(macaroonPath);
        else writeFileSync(macaroonPath, bytes);
        const error = await call(method);
        if (row.writesOnly === true && !isWrite(method, permissions)) {
          assert.doesNotMatch(error.message, row.message, row.name);
          continue;
        }
        assert.deepEqual([error.reason, error.code], [row.reason, row.code], `${row.name}: ${error.message}`);
        assert.match(error.message, row.message, row.name);
        const advice = `${error.message} ${adviceFor(error, profile ?? null) ?? ""}`;
        assert.match(advice, row.advice, row.name);
      }
    });
  }
});

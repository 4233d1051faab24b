import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { SANDBOX_NODE_FLAGS } from "../bin/steps/child-sandbox.ts";
import { ListOrdersRequestSchema } from "../gen/poolrpc/trader_pb.ts";
import { frameHeader } from "../server/bridge/frames.ts";
import { ROOT } from "../test/support/start-site.ts";
import { startModule } from "./support/child.ts";
import type { Context } from "./support/context.ts";
import { directCaller } from "./support/http-client.ts";
import { median, race } from "./support/median.ts";
import type { Row } from "./support/row.ts";
import type { SandboxReady } from "./support/sandbox-server.ts";

const STARTS = 5;
const CALLS = 1_500;
const LISTS = 15;
/** How long a sandbox has had nothing to do when its memory is looked at. */
const IDLE_MS = 3_000;
const EMPTY = Buffer.alloc(5);

/** The sandbox: its start, what it holds while nothing happens, and its answers beside the least that Connect can do. */
export async function measureSandbox({ dir }: Context): Promise<readonly Row[]> {
  const starts: { readonly ms: number; readonly megabytes: number }[] = [];
  for (let start = 0; start < STARTS; start++) starts.push(await startOnce(dir, start === STARTS - 1));
  await using server = await startModule<SandboxReady>(
    join(import.meta.dirname, "support", "sandbox-server.ts"),
    [mkdtempSync(join(dir, "sandbox-"))],
  );
  const { sandbox, fullPort, emptyPort, encodeMs } = server.ready;
  const info = directCaller(sandbox, "/poolrpc.Trader/GetInfo");
  const empty = directCaller({ ...sandbox, port: emptyPort }, "/poolrpc.Trader/GetInfo");
  const calls = await race(
    { ours: () => info(EMPTY), empty: () => empty(EMPTY) },
    { rounds: CALLS, warmUp: CALLS },
  );
  const list = directCaller({ ...sandbox, port: fullPort }, "/poolrpc.Trader/ListOrders");
  const message = toBinary(ListOrdersRequestSchema, create(ListOrdersRequestSchema, { verbose: true }));
  const request = Buffer.concat([frameHeader(message.length), message]);
  const lists: number[] = [];
  for (let round = -3; round < LISTS; round++) {
    const from = performance.now();
    await list(request);
    if (round >= 0) lists.push(performance.now() - from);
  }
  for (const caller of [info, empty, list]) caller.close();
  return [
    {
      kind: "limit",
      name: "sandbox: from its command to its first answer, median",
      unit: "ms",
      ours: median(starts.map(({ ms }) => ms)),
      most: 1_000,
    },
    {
      kind: "limit",
      name: "sandbox: memory while idle",
      unit: "MB",
      ours: starts.at(-1)?.megabytes ?? Number.NaN,
      most: 120,
    },
    {
      kind: "ratio",
      name: "sandbox: GetInfo, median",
      unit: "µs",
      ours: (calls.ours ?? Number.NaN) * 1_000,
      peer: { name: "empty handler", value: (calls.empty ?? Number.NaN) * 1_000 },
      most: 1.5,
    },
    {
      kind: "ratio",
      name: "sandbox: 10,000 orders listed, median",
      unit: "ms",
      ours: median(lists),
      peer: { name: "encoding them", value: encodeMs },
      most: 3,
    },
  ];
}

/** Starts `npm run sandbox` as it is started, until it says that it serves; with `idles` its memory a moment later. */
async function startOnce(
  dir: string,
  idles: boolean,
): Promise<{ readonly ms: number; readonly megabytes: number }> {
  const folder = mkdtempSync(join(dir, "start-"));
  const from = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...SANDBOX_NODE_FLAGS,
      "--import",
      "tsx",
      join(ROOT, "bin/sandbox.ts"),
      "--dir",
      folder,
      "--port",
      "0",
      "--rest-port",
      "0",
    ],
    { cwd: ROOT, stdio: ["ignore", "ignore", "inherit", "ipc"] },
  );
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`the sandbox ended with code ${code}`)));
  });
  const ms = performance.now() - from;
  if (idles) await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  const megabytes = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_000;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
  rmSync(folder, { recursive: true, force: true });
  return { ms, megabytes };
}

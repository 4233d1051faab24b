import { join } from "node:path";
import type { BridgeReady } from "./support/bridge-server.ts";
import { startModule } from "./support/child.ts";
import type { Context } from "./support/context.ts";
import { directCaller, type Post, poster } from "./support/http-client.ts";
import { race } from "./support/median.ts";
import { isMissing } from "./support/peer.ts";
import type { Row } from "./support/row.ts";

const ROUNDS = 2_000;
const METHOD = "poolrpc.Trader/GetInfo";
const EMPTY = Buffer.alloc(5);
const GRPC_WEB = { "content-type": "application/grpc-web+proto", "x-grpc-web": "1" } as const;

/**
 * What the bridge costs on a unary call: the same request from the same client, straight to the daemon, through the
 * bridge, through Envoy's gRPC-Web filter and through grpcui's own HTTP call, taking turns in one run.
 */
export async function measureBridge(context: Context): Promise<readonly Row[]> {
  const daemon = await context.daemon();
  const direct = directCaller(daemon, `/${METHOD}`);
  await using bridge = await startModule<BridgeReady>(
    join(import.meta.dirname, "support", "bridge-server.ts"),
    [JSON.stringify(daemon)],
  );
  const { origin, cookie } = bridge.ready;
  const bridged = poster(`${origin}/rpc/${METHOD}`, {
    ...GRPC_WEB,
    cookie,
    "x-playground-profile": "sandbox",
  });
  const contestants: Record<string, () => Promise<unknown>> = {
    direct: () => direct(EMPTY),
    bridge: () => calls(bridged, EMPTY),
  };
  const envoy = await context.envoy();
  if (!isMissing(envoy)) {
    const post = poster(`${envoy.origin}/${METHOD}`, GRPC_WEB);
    contestants.envoy = () => calls(post, EMPTY);
  }
  const grpcui = await context.grpcui();
  if (!isMissing(grpcui)) {
    const post = poster(`${grpcui.origin}/invoke/${METHOD.replace("/", ".")}`, {
      ...grpcui.headers,
      "content-type": "application/json",
    });
    const body = Buffer.from(JSON.stringify({ metadata: [], data: [{}] }));
    contestants.grpcui = () => invokes(post, body);
  }
  const medians = await race(contestants, { rounds: ROUNDS, warmUp: ROUNDS });
  direct.close();

  const ours = (medians.bridge ?? Number.NaN) * 1_000;
  const row = (peer: string, most: number): Row => ({
    kind: "ratio",
    name: `unary call, median: bridge to ${peer}`,
    unit: "µs",
    ours,
    peer: { name: peer, value: (medians[peer] ?? Number.NaN) * 1_000 },
    most,
  });
  return [
    {
      kind: "shown",
      name: "unary call, median: straight to the daemon",
      unit: "µs",
      ours: (medians.direct ?? Number.NaN) * 1_000,
    },
    isMissing(envoy)
      ? { kind: "left-out", name: "unary call, median: bridge to Envoy", why: envoy.why }
      : row("envoy", 1.15),
    isMissing(grpcui)
      ? { kind: "left-out", name: "unary call, median: bridge to grpcui", why: grpcui.why }
      : row("grpcui", 1),
  ];
}

/** A gRPC-Web answer must be one message and the status 0, or it was no call. */
async function calls(post: Post, body: Buffer): Promise<void> {
  const answer = await post(body);
  if (!/grpc-status: ?0/.test(answer.toString("latin1"))) throw new Error(`the call failed: ${answer}`);
}

async function invokes(post: Post, body: Buffer): Promise<void> {
  const answer = (await post(body)).toString();
  if (!answer.includes("commit=bench")) throw new Error(`grpcui's call failed: ${answer}`);
}

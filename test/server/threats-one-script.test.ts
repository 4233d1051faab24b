import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { makeWorld, runScript, type TranscriptLine } from "../clients/run-script.ts";
import type { ScriptClient, ScriptTarget } from "../clients/script-client.ts";
import { compareTranscripts, uncoveredMethods } from "../clients/transcript.ts";
import { createConnectClient } from "../clients/via/connect-client.ts";
import { createGrpcJsClient } from "../clients/via/grpc-js-client.ts";
import { createRestClient } from "../clients/via/rest-client.ts";
import { createWebClient } from "../clients/via/web-client.ts";
import { callRest } from "../conformance/rest-call.ts";
import { startTestSandbox } from "../sandbox/trader-client.ts";

/** The least that each has to be able to call, so that no run says nothing. */
const CLIENTS: readonly [
  name: string,
  calls: number,
  start: (target: ScriptTarget) => ScriptClient | Promise<ScriptClient>,
][] = [
  ["gRPC of grpc-js", 75, createGrpcJsClient],
  ["gRPC-Web through the bridge", 75, createWebClient],
  ["REST", 30, createRestClient],
];

/** Calls with the HTTP status and the gRPC code that a real poold 0.6.6 answers them with. */
const HTTP_CALLS: readonly [
  verb: string,
  path: string,
  body: string | undefined,
  status: number,
  code: number,
][] = [
  ["GET", "/v1/pool/fee", undefined, 200, 0],
  ["POST", "/v1/pool/accounts/quote", '{"account_value":"99999","conf_target":6}', 500, 2],
  ["DELETE", "/v1/pool/accounts?trader_key=A/E", undefined, 400, 3],
  ["DELETE", "/v1/pool/orders/khC9p2N6MFeLc%2FKl9+kE=/", undefined, 404, 5],
  ["DELETE", "/v1/pool/orders", undefined, 501, 12],
];

/** The script's answers in a world of its own, in a sandbox that nobody has used. */
async function transcriptOf(
  start: (target: ScriptTarget) => ScriptClient | Promise<ScriptClient>,
): Promise<TranscriptLine[]> {
  const { sandbox, stop } = await startTestSandbox({ ephemeral: true });
  try {
    const target = await makeWorld({ ...sandbox, ca: readFileSync(sandbox.tlsCertPath) });
    const client = await start(target);
    try {
      return await runScript(target, client);
    } finally {
      await client.close();
    }
  } finally {
    await stop();
  }
}

let first: TranscriptLine[];
before(async () => {
  first = await transcriptOf(createConnectClient);
});

test("the script calls every method that the sandbox serves", () => {
  assert.deepEqual(uncoveredMethods(), []);
});

test("THREATS 27: one script with Connect's client over gRPC: each call ends as the script says", () => {
  assert.deepEqual(compareTranscripts(first, first), []);
});

for (const [name, calls, start] of CLIENTS) {
  test(`THREATS 27: the same script over ${name}: the same answers`, async () => {
    const lines = await transcriptOf(start);
    const made = lines.filter(({ answer }) => answer !== null).length;
    assert.ok(made >= calls, `${made} calls were made`);
    assert.deepEqual(compareTranscripts(first, lines), []);
  });
}

test("THREATS 27: HTTP codes are those of grpc-gateway", async () => {
  const { sandbox, stop } = await startTestSandbox({ ephemeral: true });
  const headers = { "Grpc-Metadata-macaroon": readFileSync(sandbox.macaroonPath).toString("hex") };
  const at = { port: sandbox.restPort, ca: readFileSync(sandbox.tlsCertPath), headers, patience: 5_000 };
  try {
    const answers = [];
    for (const [verb, path, body] of HTTP_CALLS) {
      const { status, body: text } = await callRest({ ...at, verb, path, body });
      answers.push([status, (JSON.parse(text) as { code?: number }).code ?? 0]);
    }
    assert.deepEqual(
      answers,
      HTTP_CALLS.map(([, , , status, code]) => [status, code]),
    );
  } finally {
    await stop();
  }
});

test("a reply with another value is told by its path", () => {
  const other = structuredClone(first);
  const line = other.find(({ step }) => step.method === "poolrpc.Trader.GetInfo");
  (line?.answer?.replies[0] as Record<string, unknown>).accounts_total = 99;
  assert.deepEqual(compareTranscripts(first, other), [
    "poolrpc.Trader.GetInfo: reply.0.accounts_total is 99, of the first client 7",
  ]);
});

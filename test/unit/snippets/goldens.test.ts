import assert from "node:assert/strict";
import { test } from "node:test";
import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { commandsOf } from "../../../lib/reference/method-docs.ts";
import { findMethod } from "../../../lib/schema/registry.ts";
import { streamKind } from "../../../lib/schema/stream-kind.ts";
import { snippetLanguages } from "../../../lib/snippets/languages.ts";
import type { SnippetRequest } from "../../../lib/snippets/snippet.ts";
import { everythingMethod } from "../../support/everything-api.ts";
import { assertGolden } from "../../support/golden.ts";
import { HOSTILE_TEXTS } from "../../support/hostile-texts.ts";
import { loadPoolApi } from "../../support/pool-api.ts";

const { registry, reference } = await loadPoolApi();
const everything = await everythingMethod();
const PLAYGROUND = { origin: "http://127.0.0.1:3000", profile: "regtest" };
const nonce = "+/v/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxw=";

/** A file's name and the request of it, as ProtoJSON: a list of them where it is a conversation. */
const POOL: readonly (readonly [name: string, method: string, request: JsonValue])[] = [
  ["get-info", "poolrpc.Trader.GetInfo", {}],
  ["list-accounts", "poolrpc.Trader.ListAccounts", { activeOnly: true }],
  ["cancel-order", "poolrpc.Trader.CancelOrder", { orderNonce: nonce }],
  ["batch-snapshots", "poolrpc.Trader.BatchSnapshots", { startBatchId: nonce, numBatchesBack: 3 }],
  ["batch-snapshots-open", "poolrpc.Trader.BatchSnapshots", { numBatchesBack: 3 }],
  ["close-account", "poolrpc.Trader.CloseAccount", { traderKey: nonce, outputWithFee: { confTarget: 6 } }],
  ["leases", "poolrpc.Trader.Leases", { batchIds: [nonce, "AAE="], accounts: [] }],
  [
    "submit-order",
    "poolrpc.Trader.SubmitOrder",
    {
      bid: {
        details: {
          ...{ traderKey: nonce, rateFixed: 4960, amt: "18446744073709551615", minUnitsMatch: 1 },
          ...{ maxBatchFeeRateSatPerKw: "12500", channelType: "ORDER_CHANNEL_TYPE_PEER_DEPENDENT" },
          ...{ allowedNodeIds: ["AAE=", "+/8="] },
        },
        ...{ leaseDurationBlocks: 2016, version: 7 },
      },
      initiator: HOSTILE_TEXTS.join("|"),
    },
  ],
  ["recv-stream", "poolrpc.HashMail.RecvStream", { streamId: nonce }],
  [
    "send-stream",
    "poolrpc.HashMail.SendStream",
    [{ desc: { streamId: nonce }, msg: "AP8=" }, { desc: { streamId: nonce }, msg: "" }, {}],
  ],
  [
    "subscribe-batch-auction",
    "poolrpc.ChannelAuctioneer.SubscribeBatchAuction",
    [
      { commit: { commitHash: nonce, batchVersion: 10 } },
      { subscribe: { traderKey: nonce, commitNonce: nonce, authSig: "AP8=" } },
    ],
  ],
];

const EVERYTHING: JsonValue = {
  ...{ trackedNumber: 0, plainNumber: "9007199254740993", signedNumber: "-9223372036854775808" },
  ...{ realNumber: "-Infinity", plainFlag: true, trackedFlag: false, trackedText: "" },
  ...{ plainText: HOSTILE_TEXTS.join("|"), plainBytes: "+/8A", colour: "COLOUR_RED" },
  innerThing: { innerThing: { innerThing: {} } },
  thingList: [{}, { plainText: "it's" }],
  numberList: ["0", "-1"],
  bytesList: ["", "AA=="],
  colourList: ["COLOUR_NONE", 77],
  thingMap: { "": {}, "a'b\"": { plainNumber: "1" }, ["__proto__"]: {} },
  textMap: { "-7": "x" },
  flagMap: { true: "18446744073709551615" },
  thirdWay: "COLOUR_NONE",
  groupedPart: { groupNumber: 4294967295 },
  ...{ someTime: "2026-01-02T03:04:05.006Z", someSpan: "-1.5s", wrappedNumber: "5", wrappedBytes: "AA==" },
  ...{ someStruct: { a: [null, 1.5, { b: "c" }] }, someValue: null, someMask: "plainText,colour" },
  strictPart: { strictName: "" },
};

for (const language of snippetLanguages) {
  const ending = language
    .fileName(everything.desc.fields[0] as never)
    .split(".")
    .at(-1);
  test(`${language.label} as its goldens`, () => {
    const differences: unknown[] = [];
    for (const [name, methodName, json] of POOL) {
      const method = findMethod(registry, methodName);
      if (method === undefined) throw new Error(methodName);
      const { http = [] } =
        reference.services.flatMap(({ methods }) => methods).find((each) => each.name === methodName) ?? {};
      const auctioneer = method.parent.name !== "Trader";
      const messages = [json].flat().map((each) => fromJson(method.input, each as JsonValue, { registry }));
      const [message] = messages;
      if (message === undefined) throw new Error(name);
      compare(name, {
        ...{ method, registry, http, cli: commandsOf(reference, methodName), playground: PLAYGROUND },
        ...{ message, messages, goModules: reference.api.goModules ?? [] },
        client: {
          ...{ address: auctioneer ? "localhost:12011" : "localhost:12010", network: "regtest" },
          rest: auctioneer ? null : "localhost:8281",
          tlsCert: "~/.pool/regtest/tls.cert",
          macaroon: auctioneer ? null : "~/.pool/regtest/pool.macaroon",
        },
        deadlineMs: streamKind(method) === "unary" ? 30_000 : null,
      });
    }
    const method = findMethod(everything.registry, everything.method);
    if (method === undefined) throw new Error(everything.method);
    const message = fromJson(method.input, EVERYTHING, { registry: everything.registry });
    compare("everything", {
      ...{ method, registry: everything.registry, deadlineMs: null, cli: null, playground: PLAYGROUND },
      ...{ message, messages: [message], goModules: [] },
      http: [{ verb: "POST", path: "/v1/things/{inner_thing.inner_thing.plain_text}", body: "*" }].concat({
        verb: "POST",
        path: "/v1/things",
        body: "*",
      }),
      client: {
        ...{ address: "[::1]:9000", rest: null, network: "mainnet" },
        ...{ tlsCert: "/etc/it's here/$HOME/tls.cert", macaroon: "~/my files/`x`.macaroon" },
      },
    });
    assert.deepEqual(differences, []);

    function compare(name: string, request: SnippetRequest): void {
      const snippet = language.generate(request);
      const [file, content] =
        snippet.kind === "inexpressible"
          ? [`${name}.txt`, `${snippet.reason}\n`]
          : [`${name}.${ending}`, snippet.code];
      try {
        assertGolden(`snippets/${language.id}/${file}`, content);
      } catch (cause) {
        differences.push((cause as Error).message);
      }
    }
  });
}

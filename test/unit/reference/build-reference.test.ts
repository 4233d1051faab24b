import assert from "node:assert/strict";
import { test } from "node:test";
import { accessOf } from "../../../lib/call/access.ts";
import { methodDocs } from "../../../lib/reference/method-docs.ts";
import { readPermissions } from "../../../lib/reference/permissions.ts";
import { readUpstream, upstreamUrl } from "../../../lib/reference/upstream.ts";
import { usedBy } from "../../../lib/reference/used-by.ts";
import { loadPoolApi } from "../../support/pool-api.ts";

const { reference } = await loadPoolApi();
const methods = reference.services.flatMap((service) => service.methods);
const message = (name: string) => reference.messages.find((item) => item.name === name);
const field = (name: string) =>
  reference.messages.flatMap(({ fields }) => fields).find((item) => item.name === name);

test("definitions are in the order of the config's files, nested ones after their parent", () => {
  assert.deepEqual(
    reference.services.map(({ name }) => name),
    ["poolrpc.Trader", "poolrpc.ChannelAuctioneer", "poolrpc.HashMail"],
  );
  const names = reference.messages.map(({ name }) => name);
  assert.equal(
    names.indexOf("poolrpc.ServerModifyAccountRequest.NewAccountParameters"),
    names.indexOf("poolrpc.ServerModifyAccountRequest") + 1,
  );
});

test("a method has its command, bindings, permissions, access, kind and upstream line", () => {
  const { doc, ...method } =
    methods.find(({ name }) => name === "poolrpc.Trader.InitAccount") ?? assert.fail();
  assert.deepEqual(method, {
    name: "poolrpc.Trader.InitAccount",
    service: "poolrpc.Trader",
    shortName: "InitAccount",
    stream: "unary",
    input: "poolrpc.InitAccountRequest",
    output: "poolrpc.Account",
    cli: "pool accounts new",
    http: [{ verb: "POST", path: "/v1/pool/accounts", body: "*" }],
    permissions: ["account:write"],
    access: "write",
    safety: { amounts: ["account_value"], tells: "poolrpc.Trader.ListAccounts", secretReply: false },
    deprecated: false,
    upstream: {
      url: "https://github.com/lightninglabs/pool/blob/ad0625cb0989d09a335812e32109ef8084f63ce3/poolrpc/trader.proto#L32",
      label: "trader.proto:32",
    },
  });
  assert.doesNotMatch(doc.text, /^pool:/);
});

test("streams and methods whose permissions are not known", () => {
  const kinds = Object.fromEntries(methods.map(({ shortName, stream }) => [shortName, stream]));
  assert.equal(kinds.RecvStream, "server-streaming");
  assert.equal(kinds.SendStream, "client-streaming");
  assert.equal(kinds.SubscribeBatchAuction, "bidi-streaming");
  const access = Object.fromEntries(
    methods.map(({ name, access, permissions }) => [name, [access, permissions]]),
  );
  assert.deepEqual(access["poolrpc.HashMail.NewCipherBox"], ["write", null]);
  assert.deepEqual(access["poolrpc.HashMail.RecvStream"], ["read", []]);
});

test("fields have their type, cardinality, oneof and docs", () => {
  assert.deepEqual(field("poolrpc.ListOrdersResponse.asks")?.type, { kind: "message", name: "poolrpc.Ask" });
  assert.equal(field("poolrpc.ListOrdersResponse.asks")?.cardinality, "repeated");
  assert.deepEqual(field("poolrpc.OrderMatchSign.channel_infos")?.type, {
    kind: "map",
    key: "string",
    value: { kind: "message", name: "poolrpc.ChannelInfo" },
  });
  assert.deepEqual(field("poolrpc.TermsResponse.lease_durations")?.type, {
    kind: "map",
    key: "uint32",
    value: { kind: "scalar", name: "bool" },
  });
  assert.equal(field("poolrpc.TermsResponse.lease_durations")?.deprecated, true);
  assert.deepEqual(field("poolrpc.Order.state")?.type, { kind: "enum", name: "poolrpc.OrderState" });
  assert.equal(field("poolrpc.InitAccountRequest.relative_height")?.oneof, "account_expiry");
  assert.equal(field("poolrpc.InitAccountRequest.relative_height")?.jsonName, "relativeHeight");
  assert.equal(field("poolrpc.InitAccountRequest.account_value")?.doc.unit, "sat");
  assert.deepEqual(
    message("poolrpc.InitAccountRequest")?.oneofs.map(({ name, fields }) => [name, fields]),
    [
      ["poolrpc.InitAccountRequest.account_expiry", ["absolute_height", "relative_height"]],
      ["poolrpc.InitAccountRequest.fees", ["conf_target", "fee_rate_sat_per_kw"]],
    ],
  );
});

test("every message, service, method and field has an upstream line", () => {
  const linked = [
    ...reference.services,
    ...methods,
    ...reference.messages,
    ...reference.messages.flatMap(({ fields }) => fields),
  ];
  assert.deepEqual(
    linked.filter(({ upstream }) => upstream === null).map(({ name }) => name),
    [],
  );
});

test("the uses of a type name methods, then fields", () => {
  const uses = usedBy(reference);
  assert.deepEqual(uses.get("poolrpc.SidecarTicket"), [
    { kind: "reply", name: "poolrpc.Trader.OfferSidecar" },
    { kind: "reply", name: "poolrpc.Trader.RegisterSidecar" },
    { kind: "request", name: "poolrpc.Trader.DecodeSidecarTicket" },
  ]);
  assert.ok(
    uses.get("poolrpc.Order")?.some(({ name }) => name === "poolrpc.Bid.details"),
    'uses.get("poolrpc.Order")?.some(({ name }) => name === "poolrpc.Bid.details")',
  );
});

for (const { name } of methods) {
  test(`the docs of ${name} cover its request and reply, all the way down`, () => {
    const docs = methodDocs(reference, name);
    const known = new Set([...Object.keys(docs.messages), ...Object.keys(docs.enums)]);
    assert.ok(
      known.has(docs.method.input) && known.has(docs.method.output),
      "known.has(docs.method.input) && known.has(docs.method.output)",
    );
    for (const [messageName, { fields }] of Object.entries(docs.messages)) {
      assert.deepEqual(
        Object.keys(fields),
        message(messageName)?.fields.map(({ shortName }) => shortName),
      );
      for (const { type } of Object.values(fields)) {
        const inner = type.kind === "map" ? type.value : type;
        assert.ok(
          inner.kind === "scalar" || (inner.kind !== "map" && known.has(inner.name)),
          JSON.stringify(type),
        );
      }
    }
  });
}

test("methodDocs throws for an unknown method", () => {
  assert.throws(() => methodDocs(reference, "poolrpc.Trader.Gone"), /no method poolrpc\.Trader\.Gone/);
});

test("access: a write action, an unknown action or unknown permissions make a write", () => {
  assert.equal(accessOf(["account:read", "order:read"]), "read");
  assert.equal(accessOf([]), "read");
  assert.equal(accessOf(["account:read", "order:write"]), "write");
  assert.equal(accessOf(["account:generate"]), "write");
  assert.equal(accessOf(null), "write");
  assert.throws(
    () => readPermissions("a.B.C: [read]", "p.yaml", new Set(["a.B.C"])),
    /^SourceError: p\.yaml:1: /,
  );
});

test("upstream links are https and know their files", () => {
  const upstream = readUpstream(
    JSON.stringify({
      repository: "javascript:x",
      release: "1",
      commit: "c",
      files: { "a.proto": "a" },
      lines: {},
    }),
    "u.json",
  );
  assert.equal(upstreamUrl(upstream, "{repository}/{path}#L{line}", "a.proto", 1), null);
  const good = { ...upstream, repository: "https://example.test/r" };
  assert.equal(
    upstreamUrl(good, "{repository}/{commit}/{path}#L{line}", "a.proto", 7),
    "https://example.test/r/c/a#L7",
  );
  assert.equal(
    upstreamUrl(good, "{repository}/{commit}/{path}#L{line}", "a.proto", null),
    "https://example.test/r/c/a",
  );
  assert.equal(upstreamUrl(good, "{repository}", "constructor", 7), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { create, createRegistry, type DescMessage, toBinary } from "@bufbuild/protobuf";
import {
  AnySchema,
  anyPack,
  BytesValueSchema,
  StructSchema,
  TimestampSchema,
  timestampFromMs,
  ValueSchema,
} from "@bufbuild/protobuf/wkt";
import { AccountSchema, AccountState, ListAccountsResponseSchema } from "../../../gen/poolrpc/trader_pb.ts";
import { type ReplyOptions, writeReply } from "../../../lib/schema/reply-text.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { poolMessage, poolRegistry } from "./pool-registry.ts";

const registry = poolRegistry;

function textOf(
  desc: DescMessage,
  wire: Uint8Array,
  options: ReplyOptions = { bytes: "hex", registry },
): string {
  const written = writeReply(desc, wire, options);
  assert.ok(written.kind === "ok", 'written.kind === "ok"');
  return written.text;
}

test("every field is shown, in the order of its number, presence fields only when set", () => {
  const account = create(AccountSchema, {
    traderKey: new Uint8Array([2, 0xab]),
    value: 2n ** 64n - 1n,
    state: AccountState.OPEN,
  });
  const wire = toBinary(
    ListAccountsResponseSchema,
    create(ListAccountsResponseSchema, { accounts: [account] }),
  );
  assert.equal(
    textOf(ListAccountsResponseSchema, wire),
    `{
  "accounts": [
    {
      "trader_key": "02ab",
      "value": "18446744073709551615",
      "available_balance": "0",
      "expiration_height": 0,
      "state": "OPEN",
      "latest_txid": "",
      "version": "ACCOUNT_VERSION_LND_DEPENDENT"
    }
  ]
}`,
  );
});

test("without defaults only what is set is shown", () => {
  const wire = toBinary(AccountSchema, create(AccountSchema, { value: 1n }));
  assert.equal(
    textOf(AccountSchema, wire, { bytes: "hex", registry, emitDefaults: false }),
    '{\n  "value": "1"\n}',
  );
});

test("empty lists, maps and messages take one line", () => {
  assert.equal(textOf(ListAccountsResponseSchema, new Uint8Array()), '{\n  "accounts": []\n}');
  assert.equal(textOf(poolMessage("GetInfoRequest"), new Uint8Array()), "{}");
});

test("unknown fields are told apart from the text", () => {
  // Field 99 of the reply as a varint, and field 98 of its account as bytes.
  const account = [0x92, 0x06, 0x02, 0xca, 0xfe];
  const wire = Uint8Array.from([0x98, 0x06, 0x07, 0x0a, account.length, ...account]);
  const written = writeReply(ListAccountsResponseSchema, wire, { bytes: "hex", registry });
  assert.ok(written.kind === "ok", 'written.kind === "ok"');
  assert.deepEqual(written.unknown, [
    { path: "", number: 99, wireType: 0, hex: "07" },
    { path: "accounts[0]", number: 98, wireType: 2, hex: "02cafe" },
  ]);
});

test("bytes that are no message are told", () => {
  const written = writeReply(AccountSchema, Uint8Array.from([0x0a, 0xff]), { bytes: "hex", registry });
  assert.ok(written.kind === "malformed", 'written.kind === "malformed"');
  assert.match(written.message, /^The reply is no poolrpc\.Account: /);
});

test("types with a JSON form of their own are written and read in it", () => {
  const types = createRegistry(AnySchema, BytesValueSchema, StructSchema, TimestampSchema, AccountSchema);
  const account = create(AccountSchema, { traderKey: new Uint8Array([2, 0xab]), value: 5n });
  const rows = [
    [BytesValueSchema, create(BytesValueSchema, { value: new Uint8Array([0xff]) }), '"ff"'],
    [TimestampSchema, timestampFromMs(1000), '"1970-01-01T00:00:01Z"'],
    [ValueSchema, create(ValueSchema, { kind: { case: "nullValue", value: 0 } }), "null"],
    [
      AnySchema,
      anyPack(AccountSchema, account),
      '{\n  "@type": "type.googleapis.com/poolrpc.Account",\n  "trader_key": "02ab",\n  "value": "5"\n}',
    ],
  ] as const;
  for (const [desc, message, text] of rows) {
    const wire = toBinary(desc, message as never);
    const options = { bytes: "hex", registry: types, emitDefaults: false } as const;
    assert.equal(textOf(desc, wire, options), text);
    const read = readRequest(text, desc, options);
    assert.ok(read.kind === "ok", read.kind === "problems" ? JSON.stringify(read.problems) : "");
    assert.deepEqual(read.wire, wire);
  }
});

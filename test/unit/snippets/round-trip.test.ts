import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type DescMessage, equals, fromJsonString, type Message } from "@bufbuild/protobuf";
import { findMethod } from "../../../lib/schema/registry.ts";
import { ConnectImports, connectLiteral } from "../../../lib/snippets/connect-literal.ts";
import { requestJson } from "../../../lib/snippets/json-text.ts";
import { readLiteral } from "../../../lib/snippets/literal.ts";
import { loadPoolApi } from "../../support/pool-api.ts";
import { randomFrom } from "../../support/random.ts";
import { randomMessage } from "../schema/random-message.ts";

const { registry } = await loadPoolApi();
const ROUNDS = 300;
const SUBJECTS = [
  "poolrpc.Trader.SubmitOrder",
  "poolrpc.Trader.WithdrawAccount",
  "poolrpc.ChannelAuctioneer.SubmitOrder",
  "poolrpc.ChannelAuctioneer.SubscribeBatchAuction",
].flatMap((name) => findMethod(registry, name) ?? []);

for (const method of SUBJECTS) {
  const random = randomFrom(20);
  const messages = Array.from({ length: ROUNDS }, () => randomMessage(method.input, random));

  test(`random ${method.input.typeName}: its JSON is read as the same message`, () => {
    for (const message of messages) {
      const json = requestJson({ method, message, registry });
      assertSame(method.input, fromJsonString(method.input, json, { registry }), message);
    }
  });

  test(`random ${method.input.typeName}: its TypeScript makes the same message`, () => {
    for (const message of messages) {
      const literal = readLiteral(method.input, message);
      assert.ok(literal !== null, "all that is random has a name");
      const code = connectLiteral(literal, new ConnectImports());
      assertSame(method.input, create(method.input, evaluate(code, method.input)), message);
    }
  });
}

function assertSame(desc: DescMessage, came: Message, wanted: Message): void {
  assert.ok(
    equals(desc, came, wanted),
    `${JSON.stringify(came, show)}\nis not\n${JSON.stringify(wanted, show)}`,
  );
}

function show(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

/** What the literal makes where its enums are those of the file that declares the message, or of its imports. */
function evaluate(code: string, desc: DescMessage): Record<string, unknown> {
  const enums = [desc.file, ...desc.file.dependencies]
    .flatMap((file) => [...file.enums, ...nested(file.messages)])
    .map((each): [string, Record<string, number>] => [
      each.typeName.slice(each.file.proto.package.length + 1).replaceAll(".", "_"),
      Object.fromEntries(each.values.map((value) => [value.localName, value.number])),
    ]);
  const make = new Function(...enums.map(([name]) => name), `return (${code});`);
  return make(...enums.map(([, values]) => values)) as Record<string, unknown>;
}

function nested(messages: readonly DescMessage[]): DescMessage["nestedEnums"] {
  return messages.flatMap((each) => [...each.nestedEnums, ...nested(each.nestedMessages)]);
}

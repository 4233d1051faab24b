import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  create,
  type DescMessage,
  type DescMethod,
  equals,
  fromJson,
  fromJsonString,
  type JsonValue,
  type Message,
} from "@bufbuild/protobuf";
import { parseExamples } from "../../../lib/editor/example.ts";
import { commandsOf } from "../../../lib/reference/method-docs.ts";
import { fromHex } from "../../../lib/schema/bytes-text.ts";
import { findMethod } from "../../../lib/schema/registry.ts";
import { readRequest } from "../../../lib/schema/request-text.ts";
import { streamKind } from "../../../lib/schema/stream-kind.ts";
import { ConnectImports, connectLiteral } from "../../../lib/snippets/connect-literal.ts";
import { curl } from "../../../lib/snippets/curl.ts";
import { grpcurl } from "../../../lib/snippets/grpcurl.ts";
import { grpcJsLiteral } from "../../../lib/snippets/javascript.ts";
import { snippetLanguages } from "../../../lib/snippets/languages.ts";
import { type MessageLiteral, readLiteral } from "../../../lib/snippets/literal.ts";
import { provenWith } from "../../../lib/snippets/proven.ts";
import { pythonRest } from "../../../lib/snippets/python-rest.ts";
import type { SnippetLanguage, SnippetRequest } from "../../../lib/snippets/snippet.ts";
import { loadPoolApi, ROOT } from "../../support/pool-api.ts";
import { randomFrom } from "../../support/random.ts";
import { randomMessage } from "../schema/random-message.ts";
import { httpOf, pythonCalls, throughGateway } from "./rest-calls.ts";
import { shellCalls } from "./shell-calls.ts";

const { registry, reference } = await loadPoolApi();
const ROUNDS = 200;
const methodsOf = (...names: string[]) => names.flatMap((name) => findMethod(registry, name) ?? []);

const GRPC = methodsOf(
  "poolrpc.Trader.SubmitOrder",
  "poolrpc.Trader.WithdrawAccount",
  "poolrpc.ChannelAuctioneer.SubmitOrder",
  "poolrpc.ChannelAuctioneer.SubscribeBatchAuction",
);
/** Of each kind of binding: a body, fields in the path, fields in the query. */
const REST = methodsOf(
  "poolrpc.Trader.SubmitOrder",
  "poolrpc.Trader.WithdrawAccount",
  "poolrpc.Trader.CancelOrder",
  "poolrpc.Trader.CloseAccount",
  "poolrpc.Trader.BatchSnapshots",
  "poolrpc.Trader.Leases",
  "poolrpc.Trader.QuoteAccount",
);

for (const method of GRPC) {
  const messages = randomMessages(method);

  test(`THREATS 17: random messages to ${method.name} as grpc-js, connect-node and connect-web write them`, () => {
    for (const message of messages) {
      const literal = literalOf(method, message);
      const plain = new Function(`return (${grpcJsLiteral(literal)});`)() as unknown;
      assertSame(method, fromJson(method.input, protoLoaderJson(plain), { registry }), message);
      const bytes = (value: Uint8Array) => `fromHex("${Buffer.from(value).toString("hex")}")`;
      for (const code of [
        connectLiteral(literal, new ConnectImports()),
        connectLiteral(literal, new ConnectImports(), bytes),
      ]) {
        assertSame(method, create(method.input, evaluate(code, method)), message);
      }
    }
  });

  test(`THREATS 17: random messages to ${method.name} as a shell hands them to grpcurl`, () => {
    const calls = shellCalls(
      "grpcurl",
      messages.map((message) => codeOf(grpcurl, method, message) ?? ""),
    );
    assert.equal(calls.length, messages.length, "each script calls it once");
    for (const [at, { args, input }] of calls.entries()) {
      const data = args.includes("-d") ? (args[args.indexOf("-d") + 1] ?? "") : "{}";
      const came = fromJsonString(method.input, data === "@" ? input : data, { registry });
      assertSame(method, came, messages[at] as Message);
    }
  });
}

for (const method of REST) {
  const messages = randomMessages(method);

  test(`THREATS 17: random messages to ${method.name} as a shell hands them to curl, through the gateway`, async () => {
    const said = messages.flatMap((message) => {
      const code = codeOf(curl, method, message);
      return code === null ? [] : [{ message, code }];
    });
    assert.ok(said.length > 0, "some of them can be said over REST");
    const calls = shellCalls(
      "curl",
      said.map(({ code }) => code),
    );
    assert.equal(calls.length, said.length, "each script calls it once");
    for (const [at, call] of calls.entries()) {
      const message = said[at]?.message as Message;
      assertSame(method, await throughGateway(method, httpOf(call)), message);
    }
  });

  test(`THREATS 17: random messages to ${method.name} as Python hands them to requests, through the gateway`, async () => {
    const said = messages.flatMap((message) => {
      const code = codeOf(pythonRest, method, message);
      return code === null ? [] : [{ message, code }];
    });
    const calls = pythonCalls(said.map(({ code }) => code));
    assert.equal(calls.length, said.length, "each program calls it once");
    for (const [at, call] of calls.entries()) {
      assertSame(method, await throughGateway(method, call), said[at]?.message as Message);
    }
  });
}

test("THREATS 17: every method in every language was run with its bytes compared, or cannot be said in it", () => {
  const missing: string[] = [];
  for (const language of snippetLanguages) {
    for (const { name, methods } of reference.services) {
      for (const each of methods) {
        const method = findMethod(registry, `${name}.${each.name.split(".").at(-1)}`);
        if (method === undefined || provenWith(language.id, each.name) !== null) continue;
        if (isSaid(language, method)) missing.push(`${language.id} ${each.name}`);
      }
    }
  }
  assert.deepEqual(missing, [], "npm run test:snippets writes what it ran into lib/snippets/proven.json");
});

function randomMessages(method: DescMethod): Message[] {
  const random = randomFrom(17);
  return Array.from({ length: ROUNDS }, () => randomMessage(method.input, random));
}

function literalOf(method: DescMethod, message: Message): MessageLiteral {
  const literal = readLiteral(method.input, message);
  assert.ok(literal !== null, "all that is random has a name");
  return literal;
}

function codeOf(language: SnippetLanguage, method: DescMethod, message: Message): string | null {
  const snippet = language.generate(requestOf(method, message));
  return snippet.kind === "snippet" ? snippet.code : null;
}

function requestOf(method: DescMethod, message: Message): SnippetRequest {
  const name = `${method.parent.typeName}.${method.name}`;
  const { http = [] } =
    reference.services.flatMap(({ methods }) => methods).find((each) => each.name === name) ?? {};
  return {
    ...{ method, message, messages: [message], registry, http, goModules: [] },
    cli: commandsOf(reference, name),
    client: {
      ...{ address: "localhost:12010", rest: "localhost:8281", network: "regtest" },
      ...{ tlsCert: "~/.pool/regtest/tls.cert", macaroon: null },
    },
    deadlineMs: streamKind(method) === "unary" ? 30_000 : null,
    playground: { origin: "http://127.0.0.1:3000", profile: "sandbox" },
  };
}

/** Whether a language can say the first example of a method, which is what the record is of. */
function isSaid(language: SnippetLanguage, method: DescMethod): boolean {
  const file = join(ROOT, "content/examples", `${method.parent.typeName}.${method.name}.jsonc`);
  const [example] = parseExamples(readFileSync(file, "utf8"));
  const reading = readRequest(example?.messages[0] ?? "{}", method.input, { bytes: "hex", registry });
  assert.ok(reading.kind === "ok", `${file} can be read`);
  return language.generate(requestOf(method, reading.message)).kind === "snippet";
}

function assertSame(method: DescMethod, came: Message, wanted: Message): void {
  assert.ok(
    equals(method.input, came, wanted, { registry, unknown: true }),
    `${JSON.stringify(came, show)}\nis not\n${JSON.stringify(wanted, show)}`,
  );
}

function show(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}

/** What proto-loader reads as ProtoJSON: names as in the file, bytes in base64. */
function protoLoaderJson(value: unknown): JsonValue {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(protoLoaderJson);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object" || value === null) return value as JsonValue;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, protoLoaderJson(inner)]));
}

/** What the literal makes where its enums are those of the file that declares the message, or of its imports. */
function evaluate(code: string, { input }: DescMethod): Record<string, unknown> {
  const enums = [input.file, ...input.file.dependencies]
    .flatMap((file) => [...file.enums, ...nestedEnums(file.messages)])
    .map((each): [string, Record<string, number>] => [
      each.typeName.slice(each.file.proto.package.length + 1).replaceAll(".", "_"),
      Object.fromEntries(each.values.map((value) => [value.localName, value.number])),
    ]);
  const make = new Function("fromHex", ...enums.map(([name]) => name), `return (${code});`);
  return make(fromHex, ...enums.map(([, values]) => values)) as Record<string, unknown>;
}

function nestedEnums(messages: readonly DescMessage[]): DescMessage["nestedEnums"] {
  return messages.flatMap((each) => [...each.nestedEnums, ...nestedEnums(each.nestedMessages)]);
}

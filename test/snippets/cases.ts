import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  create,
  createFileRegistry,
  type DescMethod,
  type FileRegistry,
  fromJson,
  type JsonValue,
  type Message,
} from "@bufbuild/protobuf";
import { protoSources } from "../../bin/steps/proto-sources.ts";
import { parseExamples } from "../../lib/editor/example.ts";
import { readCommands } from "../../lib/reference/commands.ts";
import { readHttpBindings } from "../../lib/reference/http-bindings.ts";
import { commandsOf, type MethodCommands } from "../../lib/reference/method-docs.ts";
import type { HttpBinding } from "../../lib/reference/reference.ts";
import { findMethod } from "../../lib/schema/registry.ts";
import { readRequest } from "../../lib/schema/request-text.ts";
import type { ProtoSource } from "../../lib/snippets/open-as.ts";
import { streamsFromClient } from "../../lib/snippets/snippet.ts";
import { HOSTILE_TEXTS } from "../support/hostile-texts.ts";
import { buildImage, ROOT } from "../support/pool-api.ts";
import { sampleJson } from "../support/sample-json.ts";

/** A request to send with every client. */
export interface SnippetCase {
  /** `poolrpc.Trader.GetInfo`, and what it holds where that is not the method's first example. */
  readonly name: string;
  readonly method: DescMethod;
  /** What is sent: more than one of a conversation. */
  readonly messages: readonly [Message, ...Message[]];
  readonly http: readonly HttpBinding[];
  readonly cli: MethodCommands | null;
}

/** Methods whose requests have many kinds of fields, or stream: sent with hostile values too. */
const HOSTILE_METHODS = [
  "poolrpc.ChannelAuctioneer.SubmitOrder",
  "poolrpc.ChannelAuctioneer.SubscribeBatchAuction",
  "poolrpc.HashMail.SendStream",
  "poolrpc.HashMail.RecvStream",
  "poolrpc.Trader.SubmitOrder",
  "poolrpc.Trader.CloseAccount",
  "poolrpc.Trader.WithdrawAccount",
  "poolrpc.Trader.BatchSnapshots",
  "poolrpc.Trader.Leases",
  "poolrpc.Trader.DecodeSidecarTicket",
  "poolrpc.Trader.CancelOrder",
];

/** Methods whose command has flags that count with others only: every example is sent. */
const MANY_FORMS = ["poolrpc.Trader.OfferSidecar", "poolrpc.Trader.SubmitOrder"];

/** What of those no example is: a ticket of which no bid is made yet. */
const FEW_FIELDS: readonly (readonly [name: string, request: JsonValue])[] = [
  [
    "poolrpc.Trader.OfferSidecar",
    {
      bid: {
        details: { traderKey: "A54jhQ8BuQJyHdMLAhNVyYHzZR4l4CYJ3g3A8p0t0b4A", amt: "500000" },
        ...{ leaseDurationBlocks: 2016, selfChanBalance: "50000" },
      },
    },
  ],
];

/** The first example of every method of the site's APIs, every conversation, and hostile values. */
export async function loadCases(): Promise<{
  readonly registry: FileRegistry;
  readonly sources: readonly ProtoSource[];
  readonly cases: readonly SnippetCase[];
}> {
  const image = await buildImage(ROOT);
  const registry = createFileRegistry(image);
  const rules = "proto/poolrpc/trader.yaml";
  const bindings = readHttpBindings(readFileSync(join(ROOT, rules), "utf8"), rules, registry);
  const cli = "proto/poolrpc/cli.yaml";
  const commands = readCommands(readFileSync(join(ROOT, cli), "utf8"), cli, registry);
  const cliOf = (name: string) => commandsOf({ commands }, name);
  const methodOf = (name: string) => {
    const method = findMethod(registry, name);
    if (method === undefined) throw new Error(`there is no method ${name}`);
    return method;
  };
  const folder = join(ROOT, "content/examples");
  const cases = readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const name = file.replace(/\.jsonc$/, "");
      const method = findMethod(registry, name);
      const examples = parseExamples(readFileSync(join(folder, file), "utf8"));
      if (method === undefined || examples.length === 0) throw new Error(`${file} is no example of a method`);
      // What the first example shows counts for the method; of the others what more than one message says.
      return examples
        .filter(({ messages }, at) => at === 0 || messages.length > 1 || MANY_FORMS.includes(name))
        .map(({ title, messages: texts }, at) => {
          const messages = texts.map((text) => {
            const reading = readRequest(text, method.input, { bytes: "hex", registry });
            if (reading.kind !== "ok") throw new Error(`${file}: ${reading.problems[0]?.message}`);
            return reading.message;
          });
          return {
            name: at === 0 ? name : `${name} (${title})`,
            ...{ method, messages: atLeastOne(messages), http: bindings.get(name) ?? [], cli: cliOf(name) },
          };
        });
    });
  const hostile = HOSTILE_METHODS.flatMap((name) => {
    const method = methodOf(name);
    const choices = Math.max(1, ...method.input.oneofs.map(({ fields }) => fields.length));
    return Array.from({ length: choices }, (_, choice) => ({
      name: `${name} (hostile values ${choice + 1})`,
      method,
      messages: hostileMessages(method, choice),
      http: bindings.get(name) ?? [],
      cli: cliOf(name),
    }));
  });
  const few = FEW_FIELDS.map(([name, json]) => {
    const method = methodOf(name);
    const message = fromJson(method.input, json);
    return {
      ...{ name: `${name} (few fields)`, method, messages: atLeastOne([message]) },
      ...{ http: bindings.get(name) ?? [], cli: cliOf(name) },
    };
  });
  const sources = protoSources(join(ROOT, "proto"), image);
  return { registry, sources, cases: [...cases, ...few, ...hostile] };
}

/** One, or of a stream from the client three: the last two without and with the values. */
function hostileMessages(method: DescMethod, choice: number): readonly [Message, ...Message[]] {
  const message = fromJson(method.input, makeHostile(sampleJson(method.input, choice, 4)));
  return streamsFromClient(method) ? [message, create(method.input), message] : [message];
}

function atLeastOne([first, ...more]: readonly Message[]): readonly [Message, ...Message[]] {
  if (first === undefined) throw new Error("an example has no message");
  return [first, ...more];
}

/** Puts what breaks bad quoting in place of texts, and bytes that no alphabet of base64 has alike in place of bytes. */
function makeHostile(json: JsonValue): JsonValue {
  if (Array.isArray(json)) return json.map(makeHostile);
  if (typeof json === "object" && json !== null) {
    return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, makeHostile(value)]));
  }
  if (json === "AP8Q") return "+/v/AAo=";
  return typeof json === "string" && json.startsWith("text ") ? HOSTILE_TEXTS.join("|") : json;
}

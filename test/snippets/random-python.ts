import { equals, type FileRegistry, fromBinary, type Message } from "@bufbuild/protobuf";
import { findMethod } from "../../lib/schema/registry.ts";
import { readLiteral } from "../../lib/snippets/literal.ts";
import { PythonModules, pythonLiteral } from "../../lib/snippets/python-literal.ts";
import { runCommand } from "../clients/run-command.ts";
import { randomFrom } from "../support/random.ts";
import { randomMessage } from "../unit/schema/random-message.ts";
import type { Cell } from "./run-matrix.ts";
import type { Toolchain } from "./toolchains.ts";

const ROUNDS = 200;
const METHODS = [
  "poolrpc.Trader.SubmitOrder",
  "poolrpc.Trader.WithdrawAccount",
  "poolrpc.ChannelAuctioneer.SubmitOrder",
  "poolrpc.ChannelAuctioneer.SubscribeBatchAuction",
];

/** Random messages through the writer of Python's literals, made by one Python with its real classes, and back. */
export function runRandomPython(
  toolchain: Extract<Toolchain, { kind: "ready" }>,
  registry: FileRegistry,
): Promise<readonly Cell[]> {
  return Promise.all(METHODS.map((name) => runMethod(name, toolchain, registry)));
}

async function runMethod(
  name: string,
  { folder, env }: Extract<Toolchain, { kind: "ready" }>,
  registry: FileRegistry,
): Promise<Cell> {
  const cell = `${name} (${ROUNDS} random messages)`;
  const method = findMethod(registry, name);
  if (method === undefined) return { kind: "failed", method: cell, why: "there is no such method" };
  const random = randomFrom(17);
  const messages = Array.from({ length: ROUNDS }, () => randomMessage(method.input, random));
  const modules = new PythonModules();
  const texts = messages.map((message) => literalText(message));
  const { builtIn, own } = modules.imports();
  const lines = texts.map((text) => `print((${text}).SerializeToString().hex())`);
  const program = [...builtIn, ...own, ...lines].join("\n");
  const options = { cwd: folder, env: { ...env, PYTHONPATH: folder }, input: program, patience: 60_000 };
  const { code, stdout, stderr } = await runCommand("python", ["-"], options);
  const came = stdout.split("\n").slice(0, -1);
  if (code !== 0 || came.length !== ROUNDS) return { kind: "failed", method: cell, why: stderr };
  const wrong = messages.findIndex((message, at) => {
    const back = fromBinary(method.input, Buffer.from(came[at] ?? "", "hex"));
    return !equals(method.input, back, message, { registry, unknown: true });
  });
  if (wrong === -1) return { kind: "passed", method: cell };
  return { kind: "failed", method: cell, why: `${texts[wrong]}\nmade ${came[wrong]}` };

  function literalText(message: Message): string {
    const literal = method === undefined ? null : readLiteral(method.input, message);
    if (literal === null) throw new Error("a random message has something that has no name");
    return pythonLiteral(literal, modules);
  }
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  canonicalBytes,
  isAuctioneers,
  PATIENCE,
  portOf,
  type ScriptClient,
  type ScriptTarget,
} from "../script-client.ts";

const PROGRAM = join(import.meta.dirname, "grpcio_client.py");

/** What the program answers with: replies as base64. */
interface Answer {
  readonly code: number;
  readonly message: string;
  readonly replies: readonly string[];
}

/** grpcio with the stubs that grpcio-tools made, in one process of `python`. */
export function createGrpcioClient(python: string, stubs: string, target: ScriptTarget): ScriptClient {
  const child = spawn(python, [PROGRAM], {
    env: { ...process.env, PYTHONPATH: stubs, GRPC_VERBOSITY: "NONE" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = (value: unknown) => child.stdin.write(`${JSON.stringify(value)}\n`);
  child.stdin.on("error", () => {});
  say({ certificate: target.tlsCertPath });
  return {
    name: "grpcio",
    can: () => true,
    close: async () => {
      child.stdin.end();
      await exit;
    },
    async call({ method, requests, take }) {
      const metadata = isAuctioneers(method) ? [] : [["macaroon", target.macaroon]];
      say({
        method: `${method.parent.typeName}.${method.name}`,
        port: portOf(target, method),
        ...{ requests, metadata, take, seconds: PATIENCE / 1000 },
      });
      const { value, done } = await lines.next();
      if (done) throw new Error("the Python program ended: see what it says above");
      const { code, message, replies } = JSON.parse(value) as Answer;
      return {
        ...{ code, message },
        replies: replies.map((text) => canonicalBytes(method, Buffer.from(text, "base64"))),
      };
    },
  };
}

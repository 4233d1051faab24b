import { join } from "node:path";
import type { JsonValue } from "@bufbuild/protobuf";
import { PROTOS } from "../build-clients.ts";
import { runCommand } from "../run-command.ts";
import {
  canonicalJson,
  isAuctioneers,
  PATIENCE,
  pathOf,
  portOf,
  type ScriptClient,
  type ScriptTarget,
} from "../script-client.ts";

const PROTO_ROOT = join(import.meta.dirname, "../../../proto");

/** What grpcurl adds to the code of a failed call to make its own exit code. */
const EXIT_BASE = 64;

/** The real `grpcurl`, a process for each call, with the project's protos: a daemon serves no reflection. */
export function createGrpcurlClient(program: string, target: ScriptTarget): ScriptClient {
  const fixed = ["-cacert", target.tlsCertPath, "-import-path", PROTO_ROOT]
    .concat(PROTOS.flatMap((proto) => ["-proto", proto]))
    .concat(["-emit-defaults", "-format-error", "-max-time", String(PATIENCE / 1000), "-d", "@"]);
  return {
    name: "grpcurl",
    can: () => true,
    close: async () => {},
    async call({ method, requests, take }) {
      const header = isAuctioneers(method) ? [] : ["-H", `macaroon: ${target.macaroon}`];
      const address = `localhost:${portOf(target, method)}`;
      const args = [...fixed, ...header, address, pathOf(method).slice(1)];
      const { code, stdout, stderr } = await runCommand(program, args, {
        input: requests.map((request) => JSON.stringify(request)).join("\n"),
        patience: PATIENCE,
        enough: (text) => take !== null && readDocuments(text).length >= take,
      });
      const replies = readDocuments(stdout).map((json) => canonicalJson(method, json));
      if (code === 0) return { code: 0, message: "", replies };
      const status = readStatus(stderr);
      const isItsOwn = status !== undefined && code === EXIT_BASE + status.code;
      return isItsOwn
        ? { code: status.code, message: status.message ?? "", replies }
        : { code: -1, message: `grpcurl ended with ${code}: ${stderr}`, replies };
    },
  };
}

/** JSON texts one after another, each of which ends with a brace at the start of a line, or is empty. */
function readDocuments(text: string): JsonValue[] {
  const documents = text.split(/(?<=^\}|^\{\})\n/m).filter((document) => document.trim() !== "");
  // One that is not whole yet has no last brace.
  return documents.filter((each) => /^\}$|^\{\}$/m.test(each)).map((each) => JSON.parse(each) as JsonValue);
}

function readStatus(stderr: string): { code: number; message?: string } | undefined {
  try {
    return JSON.parse(stderr.slice(stderr.indexOf("{"))) as { code: number; message?: string };
  } catch {
    return undefined;
  }
}

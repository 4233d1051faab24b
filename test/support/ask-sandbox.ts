import { createRegistry, type DescMethodUnary, toBinary } from "@bufbuild/protobuf";
import { ConnectError, type Transport } from "@connectrpc/connect";
import { file_sandbox_v1_control } from "../../gen/sandbox/v1/control_pb.ts";
import { describeProblem } from "../../lib/schema/problem.ts";
import { findMethod } from "../../lib/schema/registry.ts";
import { writeReply } from "../../lib/schema/reply-text.ts";
import { readRequest } from "../../lib/schema/request-text.ts";
import { poolRegistry } from "../unit/schema/pool-registry.ts";

/** What came back: the reply as the page shows it, or the words of the refusal. */
export type Answer =
  | { readonly kind: "reply"; readonly text: string }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "unreadable"; readonly message: string };

const registry = createRegistry(poolRegistry, file_sandbox_v1_control);

/** Sends a request's text to a unary method of Pool, or of the sandbox's controls. */
export async function ask(transport: Transport, name: string, text: string): Promise<Answer> {
  const method = findMethod(registry, name);
  if (method === undefined || method.methodKind !== "unary")
    return { kind: "unreadable", message: `${name} is no unary method` };
  const reading = readRequest(text, method.input, { bytes: "hex", registry });
  if (reading.kind !== "ok") {
    return {
      kind: "unreadable",
      message: reading.problems.map((problem) => describeProblem(text, problem)).join("; "),
    };
  }
  try {
    const { message } = await transport.unary(
      method as DescMethodUnary,
      undefined,
      10_000,
      undefined,
      reading.message,
    );
    const reply = writeReply(method.output, toBinary(method.output, message), {
      bytes: "hex",
      registry,
    });
    return reply.kind === "ok"
      ? { kind: "reply", text: reply.text }
      : { kind: "unreadable", message: reply.message };
  } catch (cause) {
    return { kind: "refused", message: ConnectError.from(cause).rawMessage };
  }
}

import type { DescMethod, FileRegistry } from "@bufbuild/protobuf";
import type { Call } from "../../lib/call/call.ts";
import type { Profile } from "../../lib/call/profile.ts";
import type { RunError, RunEvent } from "../../lib/call/run-event.ts";
import { type MethodSafety, PLAIN_SAFETY } from "../../lib/call/safety.ts";
import { requestConfirmation, setWrites } from "../../lib/run/confirm-write.ts";
import { encodeRequest } from "../../lib/run/encode-request.ts";
import { localError } from "../../lib/run/local-error.ts";
import type { OutgoingMessage, Runner, RunOptions } from "../../lib/run/runner.ts";
import { findAmounts, formatSat } from "../../lib/schema/amounts.ts";
import { readRequest } from "../../lib/schema/request-text.ts";

/** What a write on a real daemon needs. */
export interface WriteContext {
  readonly origin: string;
  readonly fetch: typeof fetch;
  readonly profile: Profile;
  readonly runner: Runner;
  /** Whether whoever started the run allowed writes. */
  readonly allowed: boolean;
  /** Hears of each write before it is sent, in a line. */
  readonly onWrite: (line: string) => void;
}

/** A method that writes. */
export interface WriteMethod {
  readonly method: DescMethod;
  readonly registry: FileRegistry;
  readonly safety: MethodSafety | undefined;
}

const FAILED_PRECONDITION = 9;
const PERMISSION_DENIED = 7;

/** Runs a write on a real daemon: turns the profile's switch, and has the server confirm each message right before it is sent. */
export async function* runConfirmed(
  context: WriteContext,
  write: WriteMethod,
  call: Call,
  options: RunOptions,
): AsyncGenerator<RunEvent, void, undefined> {
  const { origin, fetch, profile, runner } = context;
  if (!context.allowed) return yield refusal(PERMISSION_DENIED, refusedWrite(call.method, profile));
  const change = await setWrites(origin, profile.id, true, fetch);
  if (change.kind === "refused") return yield refusal(PERMISSION_DENIED, change.message);
  const first = await confirm(context, write, call);
  if (first.kind === "refused") return yield refusal(FAILED_PRECONDITION, first.message);
  const { outgoing, ...rest } = options;
  yield* runner.run(
    { ...call, confirmation: first.nonce },
    outgoing === undefined ? rest : { ...rest, outgoing: confirmEach(context, write, call.method, outgoing) },
  );
}

/** Why a write is not sent to a real daemon. */
export function refusedWrite(method: string, profile: Pick<Profile, "label" | "network">): string {
  return `${method} is a write, and ${nameWithNetwork(profile)} is a real daemon: nothing was sent. Add --allow-write where you mean it.`;
}

/** A profile's label, with its network where that is not in it. */
export function nameWithNetwork({ label, network }: Pick<Profile, "label" | "network">): string {
  return label.includes(network) ? label : `${label} (${network})`;
}

async function* confirmEach(
  context: WriteContext,
  write: WriteMethod,
  method: string,
  outgoing: AsyncIterable<OutgoingMessage>,
): AsyncGenerator<OutgoingMessage, void, undefined> {
  for await (const message of outgoing) {
    const { text: request, bytes } = message;
    const given = await confirm(context, write, { method, request, bytes });
    // The runner cancels the call, with this as the reason.
    if (given.kind === "refused") throw new Error(given.message);
    yield { ...message, confirmation: given.nonce };
  }
}

type Nonce =
  | { readonly kind: "ok"; readonly nonce: string }
  | { readonly kind: "refused"; readonly message: string };

async function confirm(
  { origin, fetch, profile, onWrite }: WriteContext,
  { method, registry, safety = PLAIN_SAFETY }: WriteMethod,
  { method: name, request, bytes }: Pick<Call, "method" | "request" | "bytes">,
): Promise<Nonce> {
  const wire = encodeRequest(request, method.input, registry, bytes);
  if (typeof wire === "string") return { kind: "refused", message: wire };
  const given = await requestConfirmation(origin, profile.id, name, wire, fetch);
  if (given.kind === "refused") return given;
  const read = readRequest(request, method.input, { bytes, registry });
  const amounts = read.kind === "ok" ? findAmounts(method.input, read.message, safety.amounts) : [];
  const named = amounts.map(({ path, sat }) => `, ${path} ${formatSat(sat)}`).join("");
  onWrite(`${name} on ${nameWithNetwork({ ...profile, network: given.network })}${named}`);
  return { kind: "ok", nonce: given.nonce };
}

function refusal(code: number, message: string): RunEvent {
  const error: RunError = localError("write-refused", code, message);
  return { kind: "error", error, atMs: 0 };
}

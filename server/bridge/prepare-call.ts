import type { DescMethod } from "@bufbuild/protobuf";
import type { Compression, MetadataEntry, StreamKind } from "../../lib/call/call.ts";
import { findMethod, type ServiceRegistry } from "../../lib/schema/registry.ts";
import { streamKind } from "../../lib/schema/stream-kind.ts";
import type { Limits } from "../limits.ts";
import { isWrite, type Permissions } from "../policy/access.ts";
import type { Attempts } from "../policy/attempts.ts";
import type { Confirmations } from "../policy/confirmations.ts";
import type { HazardRules } from "../policy/hazard-rules.ts";
import type { WriteRules } from "../policy/write-rules.ts";
import { formatAddress } from "../profiles/address.ts";
import type { Endpoint, ProfileStore } from "../profiles/profile-store.ts";
import { type BridgeFailure, failure } from "./failure.ts";
import { upstreamMetadata } from "./metadata.ts";

/** What decides whether a call may go out, and where to. */
export interface CallRules {
  readonly registry: ServiceRegistry;
  readonly permissions: Permissions;
  readonly profiles: ProfileStore;
  readonly writes: WriteRules;
  readonly confirmations: Confirmations;
  readonly attempts: Attempts;
  readonly hazards: HazardRules;
  readonly limits: Limits;
}

/** A call as a page asks for it. Nothing in here is trusted. */
export interface AskedCall {
  readonly profile: string;
  readonly service: string;
  readonly method: string;
  readonly metadata: Iterable<MetadataEntry>;
  /** Milliseconds; null: as long as the server allows. */
  readonly deadlineMs: number | null;
  readonly compression: Compression;
}

/** What is still asked of each message of a call before it goes out (`admitMessage`). */
export interface MessageGuard {
  readonly method: DescMethod;
  /** Whether the method changes something. */
  readonly write: boolean;
  /** Whether it needs a confirmation. */
  readonly confirm: boolean;
  /** Whether it may be one that the daemon crashes on. */
  readonly hazards: boolean;
}

/** A call that may go out, if its messages may. */
export interface PreparedCall {
  readonly kind: "prepared";
  /** The profile's id. */
  readonly profile: string;
  readonly guard: MessageGuard;
  readonly path: string;
  readonly endpoint: Endpoint;
  /** The profile's label, and the label with the address, for errors. */
  readonly label: string;
  readonly where: string;
  readonly stream: StreamKind;
  readonly metadata: ReadonlyMap<string, string>;
  readonly deadlineMs: number | null;
  readonly compression: Compression;
}

/** Checks a call against profiles, schema, policy and limits. Sends nothing. */
export function prepareCall(asked: AskedCall, rules: CallRules): PreparedCall | BridgeFailure {
  const profile = rules.profiles.get(asked.profile);
  if (profile === undefined) {
    return failure(
      "unknown-profile",
      "This server has no profile with that id. Choose one of the profiles that the page lists.",
    );
  }
  const fullName = `${asked.service}.${asked.method}`;
  const method = findMethod(rules.registry, fullName);
  if (method === undefined) {
    return failure(
      "unknown-method",
      `${fullName.slice(0, 200)} is not a method of this API. Check the service and the name.`,
    );
  }
  const endpoint = profile.endpoints.find(({ services }) => services.includes(asked.service));
  if (endpoint === undefined) {
    return failure(
      "service-not-served",
      `The profile ${profile.label} has no address for ${asked.service}. Choose the sandbox, or name the address that serves it (--auctioneer host:port, or in the file of profiles).`,
    );
  }
  const where = `${profile.label} at ${formatAddress(endpoint.address)}`;
  const writes = rules.writes.of(profile);
  const write = isWrite(fullName, rules.permissions);
  if (write && writes === "locked") {
    return failure(
      "write-refused",
      `${fullName} changes something, and ${where} is read-only until writes are turned on, so nothing was sent. Turn them on for this profile, or use the sandbox.`,
    );
  }
  const metadata = upstreamMetadata(asked.metadata, rules.limits.metadataBytes);
  if ("kind" in metadata) return metadata;
  const stream = streamKind(method);
  const longest = stream === "unary" ? rules.limits.unaryDeadlineMs : rules.limits.streamDeadlineMs;
  return {
    kind: "prepared",
    profile: profile.id,
    guard: {
      method,
      write,
      confirm: write && writes === "confirmed",
      hazards: profile.kind !== "sandbox" && rules.hazards.concerns(method),
    },
    path: `/${asked.service}/${asked.method}`,
    endpoint,
    label: profile.label,
    where,
    stream,
    metadata,
    deadlineMs: shorter(asked.deadlineMs, longest),
    compression: asked.compression,
  };
}

/** Node's timers, and so deadlines, end at 2^31 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function shorter(a: number | null, b: number | null): number | null {
  if (a === null && b === null) return null;
  return Math.min(a ?? LONGEST_TIMER_MS, b ?? LONGEST_TIMER_MS, LONGEST_TIMER_MS);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { RunErrorReason } from "../lib/call/run-event.ts";
import { sendJson } from "./api.ts";
import { stopHazard } from "./bridge/admit-message.ts";
import type { BridgeFailure } from "./bridge/failure.ts";
import { type CallRules, prepareCall } from "./bridge/prepare-call.ts";
import { readBody } from "./gate/read-body.ts";
import { type Refusal, refuse } from "./gate/refusal.ts";
import { CONFIRMATION_MS } from "./policy/confirmations.ts";

const MOST_SWITCH_BODY = 4 << 10;

/**
 * `POST /api/writes` `{"profile": "…", "allow": true}`: `{"writes": "confirmed"}`. `false` locks the profile again and
 * voids every confirmation that was not used.
 */
export async function serveWrites(
  req: IncomingMessage,
  res: ServerResponse,
  rules: CallRules,
): Promise<void> {
  if (req.headers["content-type"] !== "application/json") {
    return refuse(req, res, wrongType("Send the switch as application/json."));
  }
  const body = await readBody(req, MOST_SWITCH_BODY);
  if (!Buffer.isBuffer(body)) return refuse(req, res, body);
  const asked = readSwitch(body);
  if (asked === undefined) {
    return refuse(req, res, {
      status: 400,
      code: "body",
      message: 'The body is not {"profile": "…", "allow": true or false}.',
    });
  }
  const profile = rules.profiles.get(asked.profile);
  if (profile === undefined) {
    return refuse(req, res, {
      status: 404,
      code: "unknown-profile",
      message: "This server has no profile with that id. Choose one of the profiles that the page lists.",
    });
  }
  if (rules.writes.of(profile) === "free") {
    return refuse(req, res, {
      status: 409,
      code: "bad-request",
      message: `${profile.label} takes writes at any time: there is nothing to switch.`,
    });
  }
  rules.writes.set(profile.id, asked.allow);
  if (!asked.allow) rules.confirmations.revoke(profile.id);
  sendJson(res, { writes: rules.writes.of(profile) });
}

/**
 * `POST /api/confirm?profile=<id>&method=<full name>` with the message's bytes, without gRPC's prefix:
 * `{"nonce": "…", "expiresInMs": 60000, "network": "regtest"}`. The nonce is good for one call with these very bytes.
 */
export async function serveConfirm(
  req: IncomingMessage,
  res: ServerResponse,
  rules: CallRules,
): Promise<void> {
  if (req.headers["content-type"] !== "application/octet-stream") {
    return refuse(req, res, wrongType("Send the message's bytes as application/octet-stream."));
  }
  const message = await readBody(req, rules.limits.requestBytes);
  if (!Buffer.isBuffer(message)) return refuse(req, res, message);
  const query = new URLSearchParams((req.url ?? "").split("?", 2)[1]);
  const name = query.get("method") ?? "";
  const dot = name.lastIndexOf(".");
  const asked = {
    profile: query.get("profile") ?? "",
    service: name.slice(0, Math.max(dot, 0)),
    method: name.slice(dot + 1),
    metadata: [],
    deadlineMs: null,
    compression: "identity" as const,
  };
  const call = prepareCall(asked, rules);
  if (call.kind === "failure") return refuse(req, res, refusalOf(call));
  if (!call.guard.confirm) {
    return refuse(req, res, {
      status: 409,
      code: "bad-request",
      message: `${name} needs no confirmation at ${call.where}. Run it without one.`,
    });
  }
  const hazard = call.guard.hazards ? rules.hazards.find(call.guard.method, message) : null;
  if (hazard !== null) return refuse(req, res, refusalOf(stopHazard(hazard)));
  const nonce = rules.confirmations.issue({ profile: call.profile, method: name, message });
  if (nonce === null) {
    return refuse(req, res, {
      status: 429,
      code: "busy",
      message: "Too many confirmations wait to be used. Try again in a minute.",
    });
  }
  const network = rules.profiles.get(call.profile)?.network;
  sendJson(res, { nonce, expiresInMs: CONFIRMATION_MS, network });
}

const STATUS: Partial<Record<RunErrorReason, number>> = {
  "write-refused": 403,
  "unknown-profile": 404,
  "unknown-method": 404,
  "service-not-served": 409,
  hazard: 422,
};

function refusalOf({ reason, message }: BridgeFailure): Refusal {
  return { status: STATUS[reason] ?? 400, code: reason, message };
}

function wrongType(message: string): Refusal {
  return { status: 415, code: "content-type", message };
}

function readSwitch(body: Buffer): { readonly profile: string; readonly allow: boolean } | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value !== "object" || value === null) return undefined;
    const { profile, allow } = value as { profile?: unknown; allow?: unknown };
    return typeof profile === "string" && typeof allow === "boolean" ? { profile, allow } : undefined;
  } catch {
    return undefined;
  }
}

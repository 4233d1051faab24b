import type { IncomingMessage, ServerResponse } from "node:http";
import type { ProfileList } from "../lib/call/profile.ts";
import type { CallRules } from "./bridge/prepare-call.ts";
import { readBody } from "./gate/read-body.ts";
import { type Refusal, refuse } from "./gate/refusal.ts";
import type { Session } from "./gate/session.ts";
import type { LiveStatuses } from "./live.ts";

const MOST_BODY = 4 << 10;

/** `POST /api/session` `{"token": "…"}`: 204 and the session's cookie, or 401. */
export async function serveSession(
  req: IncomingMessage,
  res: ServerResponse,
  session: Session,
): Promise<void> {
  if (req.headers["content-type"] !== "application/json") {
    refuse(req, res, { status: 415, code: "content-type", message: "Send the token as application/json." });
    return;
  }
  const token = await readToken(req);
  if (typeof token !== "string") {
    refuse(req, res, token);
    return;
  }
  if (!session.redeem(token)) {
    refuse(req, res, {
      status: 401,
      code: "session",
      message:
        "That token opens nothing: it was used already, or it is of an earlier start. Start the server again.",
    });
    return;
  }
  res.writeHead(204, { "set-cookie": session.setCookie, "cache-control": "no-store" }).end();
}

/** `GET /api/profiles`: a `ProfileList`. */
export function serveProfiles(res: ServerResponse, { profiles, writes }: CallRules): void {
  const list: ProfileList = {
    profiles: profiles.list().map((profile) => ({ ...profile, writes: writes.of(profile) })),
    selected: profiles.selected,
  };
  sendJson(res, list);
}

/** `GET /api/live?profile=<id>`: a `LiveStatus`. */
export async function serveLive(
  req: IncomingMessage,
  res: ServerResponse,
  live: LiveStatuses,
): Promise<void> {
  const profile = new URLSearchParams((req.url ?? "").split("?", 2)[1]).get("profile");
  sendJson(res, await live.of(profile ?? ""));
}

/** Answers 200 with JSON that is not to be kept. */
export function sendJson(res: ServerResponse, body: unknown): void {
  res.setHeader("content-type", "application/json; charset=utf-8");
  res.setHeader("cache-control", "no-store");
  res.end(JSON.stringify(body));
}

async function readToken(req: IncomingMessage): Promise<string | Refusal> {
  const bytes = await readBody(req, MOST_BODY);
  if (!Buffer.isBuffer(bytes)) return bytes;
  try {
    const body: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof body === "object" && body !== null && "token" in body && typeof body.token === "string") {
      return body.token;
    }
  } catch {
    // Said below: whatever is not an object with a token is the same mistake.
  }
  return { status: 400, code: "body", message: 'The body is not {"token": "…"}.' };
}

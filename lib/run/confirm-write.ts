import type { WriteRule } from "../call/profile.ts";

/**
 * The server's leave to send one message once. `nonce` goes into `Call.confirmation` (or `OutgoingMessage.confirmation`)
 * of a call with the same profile, method and bytes; it is used up by the first attempt, whatever comes of it.
 * `expiresAtMs` is in `Date.now()`'s time, `network` is the profile's as the server knows it.
 */
export type Confirmation =
  | { readonly kind: "ok"; readonly nonce: string; readonly expiresAtMs: number; readonly network: string }
  | { readonly kind: "refused"; readonly message: string };

/** What a change of the write switch came to. */
export type WritesChange =
  | { readonly kind: "ok"; readonly writes: WriteRule }
  | { readonly kind: "refused"; readonly message: string };

/**
 * Asks the server to confirm one write: `POST /api/confirm?profile=…&method=…` with the message's bytes, as
 * `encodeRequest` gives them. Ask after the reader has agreed, right before the call: a confirmation is good for a
 * minute. For a stream each message needs its own. Refused, in a sentence to show, where the profile is locked, the
 * method is unknown, no write or not served there, or the daemon is known to crash on the request. `through` is for a program
 * that holds a session of its own.
 */
export async function requestConfirmation(
  origin: string,
  profile: string,
  method: string,
  wire: Uint8Array,
  through?: typeof fetch,
): Promise<Confirmation> {
  const url = new URL("/api/confirm", origin);
  url.searchParams.set("profile", profile);
  url.searchParams.set("method", method);
  const askedAt = Date.now();
  const answer = await post(url, "application/octet-stream", wire as Uint8Array<ArrayBuffer>, through);
  if (typeof answer === "string") return { kind: "refused", message: answer };
  const { nonce, expiresInMs, network } = answer as { nonce: string; expiresInMs: number; network: string };
  return { kind: "ok", nonce, expiresAtMs: askedAt + expiresInMs, network };
}

/**
 * Turns a profile to `confirmed` (writes go through, each with a confirmation) or back to `locked`, until the server
 * stops: `POST /api/writes` `{profile, allow}`. Locking voids every confirmation that was not used. The sandbox has no
 * such switch.
 */
export async function setWrites(
  origin: string,
  profile: string,
  allow: boolean,
  through?: typeof fetch,
): Promise<WritesChange> {
  const body = JSON.stringify({ profile, allow });
  const answer = await post(new URL("/api/writes", origin), "application/json", body, through);
  if (typeof answer === "string") return { kind: "refused", message: answer };
  return { kind: "ok", writes: (answer as { writes: WriteRule }).writes };
}

/** The reply's JSON, or the sentence that says why there is none. */
async function post(url: URL, type: string, body: BodyInit, through = fetch): Promise<unknown> {
  let response: Response;
  try {
    response = await through(url, {
      method: "POST",
      headers: { "content-type": type },
      body,
      credentials: "same-origin",
      redirect: "error",
      cache: "no-store",
    });
  } catch {
    return "the playground's own server does not answer: start it again, then reload the page";
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  const { message } = (answer ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : `the playground's server answered HTTP ${response.status}`;
}

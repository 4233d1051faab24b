import { createHash, randomBytes } from "node:crypto";

/** What a confirmation is good for: these very bytes, as this method, on this profile. */
export interface ConfirmedWrite {
  readonly profile: string;
  /** Full name. */
  readonly method: string;
  /** The message without gRPC's prefix. */
  readonly message: Uint8Array;
}

/** How long a confirmation is good for. */
export const CONFIRMATION_MS = 60_000;

/** Confirmations that nobody has used yet, over all profiles. A conversation holds one at a time. */
const MOST_WAITING = 256;

/** What is kept of a confirmation: never the nonce itself, and nothing of the message. */
interface Waiting {
  readonly profile: string;
  readonly digest: string;
  readonly expiresAt: number;
}

/** How a nonce that was presented turned out. All but `good` are refused, and none can be used again. */
export type Spent = "good" | "unknown" | "expired" | "other-request";

/** Confirmations of single writes: each is a nonce of 256 bits that works once, for one request, for a minute. */
export class Confirmations {
  readonly #now: () => number;
  readonly #waiting = new Map<string, Waiting>();

  /** `now` is a clock in milliseconds that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A nonce for this write, or null where too many wait to be used. */
  issue(write: ConfirmedWrite): string | null {
    for (const [key, { expiresAt }] of this.#waiting) {
      if (expiresAt <= this.#now()) this.#waiting.delete(key);
    }
    if (this.#waiting.size >= MOST_WAITING) return null;
    const nonce = randomBytes(32).toString("base64url");
    const expiresAt = this.#now() + CONFIRMATION_MS;
    this.#waiting.set(keyOf(nonce), { profile: write.profile, digest: digestOf(write), expiresAt });
    return nonce;
  }

  /** Uses a nonce up, whatever comes of it, and says whether it is good for this write. */
  spend(nonce: string, write: ConfirmedWrite): Spent {
    const key = keyOf(nonce);
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (waiting === undefined) return "unknown";
    if (waiting.expiresAt <= this.#now()) return "expired";
    return waiting.digest === digestOf(write) ? "good" : "other-request";
  }

  /** Voids what was issued for a profile and not used. */
  revoke(profile: string): void {
    for (const [key, waiting] of this.#waiting) {
      if (waiting.profile === profile) this.#waiting.delete(key);
    }
  }
}

/** Looked up by digest, so that the time a look-up takes tells nothing of the nonces that are good. */
function keyOf(nonce: string): string {
  return createHash("sha256").update(nonce).digest("base64");
}

/** Names cannot run into each other or into the message: each stands behind its length. */
function digestOf({ profile, method, message }: ConfirmedWrite): string {
  const hash = createHash("sha256");
  for (const part of [Buffer.from(profile), Buffer.from(method), message]) {
    hash.update(`${part.length}:`).update(part);
  }
  return hash.digest("base64");
}

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * The one session of a server process: a secret that lives in a cookie, and a token that is exchanged for it once.
 * Both die with the process.
 */
export class Session {
  readonly cookieName: string;
  readonly #secret = randomBytes(32).toString("base64url");
  readonly #secretBytes = Buffer.from(this.#secret);
  readonly #accessToken: string | null;
  #token: string | null = randomBytes(32).toString("base64url");

  /** `accessToken` is accepted as often as it is given: it opens a server that other machines reach. */
  constructor(port: number, accessToken: string | null) {
    this.cookieName = `playground-${port}`;
    this.#accessToken = accessToken;
  }

  /** The one-time token, or null once it is used. */
  get token(): string | null {
    return this.#token;
  }

  /** Whether `token` opens the session. The one-time token does so only once. */
  redeem(token: string): boolean {
    if (this.#token !== null && same(token, this.#token)) {
      this.#token = null;
      return true;
    }
    return this.#accessToken !== null && same(token, this.#accessToken);
  }

  /** Whether a `Cookie` header holds the secret. */
  accepts(cookies: string | undefined): boolean {
    for (const pair of (cookies ?? "").split(";")) {
      const equals = pair.indexOf("=");
      if (
        pair.slice(0, equals).trim() === this.cookieName &&
        sameBytes(Buffer.from(pair.slice(equals + 1).trim()), this.#secretBytes)
      ) {
        return true;
      }
    }
    return false;
  }

  /** The `Set-Cookie` that opens the session. */
  get setCookie(): string {
    return `${this.cookieName}=${this.#secret}; Path=/; HttpOnly; SameSite=Strict`;
  }
}

/** Compares in a time that tells nothing but whether the lengths differ: that of the secret is no secret. */
function sameBytes(given: Buffer, secret: Buffer): boolean {
  return given.length === secret.length && timingSafeEqual(given, secret);
}

/** Compares in a time that tells nothing of either text, its length included. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

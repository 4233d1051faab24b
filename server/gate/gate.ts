import type { IncomingMessage } from "node:http";
import type { Refusal } from "./refusal.ts";
import type { Session } from "./session.ts";

/** Everything that is asked of a request before it gets anywhere. Each check gives null for "go on". */
export interface Gate {
  /** Host, form and size of the head, shape of the path: for every request and upgrade. */
  admit(req: IncomingMessage): Refusal | null;
  /** `admit`, and a page of this very server that holds the session: for all that reaches the bridge. */
  admitCall(req: IncomingMessage): Refusal | null;
  /** The same for reading the server's own data, where browsers send no `Origin`. */
  admitRead(req: IncomingMessage): Refusal | null;
  /** A page of this very server, with a session or without. */
  admitOrigin(req: IncomingMessage): Refusal | null;
}

/** Header that a page's own script sets on reads, and no form or image of another page can. */
const OWN_SCRIPT_HEADER = "x-playground";

export function createGate(options: {
  readonly hosts: ReadonlySet<string>;
  readonly session: Session;
  readonly headerCount: number;
}): Gate {
  const { hosts, session, headerCount } = options;

  function admit(req: IncomingMessage): Refusal | null {
    const host = onlyHeader(req, "host");
    // Node's own limit on lines would drop those over it without a word.
    if (req.rawHeaders.length / 2 > headerCount) {
      return { status: 431, code: "head", message: `The request has more than ${headerCount} header lines.` };
    }
    if (host === undefined) {
      return { status: 400, code: "host", message: "The request needs exactly one Host header." };
    }
    if (!hosts.has(host)) {
      return {
        status: 421,
        code: "host",
        message:
          "This server does not answer under that name. Open the address that it printed when it started.",
      };
    }
    if (!isPlainTarget(req.url ?? "")) {
      return { status: 400, code: "path", message: "The request's path is not written in its plain form." };
    }
    return null;
  }

  function admitOrigin(req: IncomingMessage): Refusal | null {
    const refusal = admit(req);
    if (refusal !== null) return refusal;
    const origin = onlyHeader(req, "origin");
    return origin === `http://${req.headers.host}`
      ? null
      : { status: 403, code: "origin", message: "Only a page of this server may ask for this." };
  }

  const checkSession = (req: IncomingMessage): Refusal | null =>
    session.accepts(req.headers.cookie)
      ? null
      : {
          status: 401,
          code: "session",
          message: "There is no session. Open the address that the start command printed, with its token.",
        };

  return {
    admit,
    admitOrigin,
    admitCall: (req) => admitOrigin(req) ?? checkSession(req),
    admitRead: (req) => {
      const refusal = admit(req);
      if (refusal !== null) return refusal;
      const { origin, "sec-fetch-site": site } = req.headers;
      const own =
        (origin === undefined || origin === `http://${req.headers.host}`) &&
        (site === undefined || site === "same-origin") &&
        (site === "same-origin" || req.headers[OWN_SCRIPT_HEADER] === "1");
      if (!own) {
        return { status: 403, code: "origin", message: "Only a page of this server may ask for this." };
      }
      return checkSession(req);
    },
  };
}

/** The header's value where it is there exactly once. `req.headers` hides that there were two. */
function onlyHeader({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  let found: string | undefined;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at];
    if (given?.length !== name.length || given.toLowerCase() !== name) continue;
    if (found !== undefined) return undefined;
    found = rawHeaders[at + 1];
  }
  return found;
}

/**
 * Whether a request target is an absolute path that every reader understands alike: no other form, no empty or dot
 * segments, no backslash, no encoded slash, dot segment or control character.
 */
function isPlainTarget(target: string): boolean {
  const path = target.split("?", 1)[0] ?? "";
  return (
    path.startsWith("/") &&
    !path.includes("//") &&
    !path.includes("\\") &&
    !/%(?:2f|5c|[01][0-9a-f]|7f)/i.test(path) &&
    !path.split("/").some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))
  );
}

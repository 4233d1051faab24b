import type { Profile } from "../../lib/call/profile.ts";
import type { RunError, RunErrorReason } from "../../lib/call/run-event.ts";

/** What to do about each way in which a call can fail before the daemon answers. */
const ADVICE = {
  unreachable: "Nothing listens at this address. Start the daemon, or choose another profile.",
  disconnected:
    "The connection was lost during the call, so its outcome is unknown. Look with a read before you repeat a write.",
  plaintext: "The port answers without TLS. poold always speaks TLS: check that the port is its gRPC port.",
  "tls-untrusted":
    "The daemon shows another certificate than the profile's tls.cert. If the daemon made a new one, point the profile at the new file; if it did not, somebody else is answering.",
  "tls-expired":
    "The daemon's certificate has run out. Delete its tls.cert and tls.key and restart it: it makes new ones.",
  "tls-name": "The certificate does not name this address. Use an address that it names, such as localhost.",
  "tls-unreadable": "Check the path of the profile's tls.cert and that this user may read it.",
  "tls-failed": "The TLS handshake failed. Check that the port is the daemon's gRPC port.",
  "macaroon-unreadable": "Check the path of the profile's macaroon and that this user may read it.",
  "not-grpc":
    "Something answers at this port, but not as a gRPC server. poold's REST port is another one (8281).",
  "unknown-profile": "The profile is gone: the playground was restarted. Reload the page.",
  "unknown-method":
    "The playground's descriptors do not have this method. Run npm run generate and start again.",
  "service-not-served": "This profile has no endpoint for the service. The sandbox serves all of them.",
  "write-refused": "Writes run on the sandbox only, for now. Choose the sandbox to try this call.",
  "bad-request": "The call was malformed before it reached the daemon.",
  "too-large": "The message is over the playground's limit. Ask for less, or raise the limit.",
  busy: "Too many calls are in flight. Wait until some have ended.",
  deadline: "No reply within the deadline. Raise it under Options; a write may have happened all the same.",
  cancelled: "You ended this call.",
  session:
    "The session is not valid any more: the playground was restarted. Open the URL that npm start printed.",
  offline: "Is npm start still running?",
} as const satisfies Record<RunErrorReason, string>;

/** Help to stand beside an error, or null where the error says all there is. */
export function adviceFor(error: RunError, profile: Profile | null): string | null {
  if (error.reason !== null) return ADVICE[error.reason] ?? null;
  if (error.source === "daemon" && /macaroon|permission denied|verification failed/.test(error.message)) {
    const file = profile?.endpoints[0]?.macaroon;
    return file == null
      ? "The daemon asks for a macaroon that this profile does not have."
      : `The daemon does not accept ${file} for this method. Check that it belongs to this daemon and holds the permissions above.`;
  }
  return null;
}

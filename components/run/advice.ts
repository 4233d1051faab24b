import type { Profile } from "../../lib/call/profile.ts";
import type { RunError, RunErrorReason } from "../../lib/call/run-event.ts";

/** What to do about an error that this page made itself. The bridge's own sentences say it already. */
const ADVICE: Partial<Record<RunErrorReason, string>> = {
  offline: "Is npm start still running?",
  session: "Open the URL that npm start printed last.",
  deadline: "Raise the deadline under Options.",
};

/** Help to stand beside an error, or null where the error says all there is. */
export function adviceFor(error: RunError, profile: Profile | null): string | null {
  switch (error.source) {
    case "bridge":
      return null;
    case "daemon":
      return /macaroon|caveat|permission denied|verification failed/.test(error.message)
        ? macaroonAdvice(profile)
        : null;
    case "network":
    case "request":
      if (error.reason !== null) return ADVICE[error.reason] ?? null;
      return error.message.endsWith("Nothing was sent.") ? null : "It was not sent.";
  }
}

function macaroonAdvice(profile: Profile | null): string {
  const file = profile?.endpoints[0]?.macaroon;
  return file == null
    ? "The daemon asks for a macaroon that this profile does not have."
    : `The daemon does not accept ${file} for this method. Check that it is this daemon's, holds the permissions that the method needs, and that no caveat of it has run out.`;
}

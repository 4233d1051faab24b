import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { Refusal } from "../ledger/refusal.ts";
import { type MacaroonCheck, macaroonChecker } from "../macaroon/verify.ts";

/** Turns what the ledger refuses into gRPC UNKNOWN with the same text, as poold answers. */
export const answerRefusals: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (error) {
    throw error instanceof Refusal ? new ConnectError(error.message, Code.Unknown) : error;
  }
};

/** Lets a call through only with a macaroon that permits its method. */
export function requireMacaroon(check: MacaroonCheck): Interceptor {
  const refusalOf = macaroonChecker(check);
  return (next) => (request) => {
    const method = `${request.service.typeName}.${request.method.name}`;
    const refused = refusalOf(request.header.get("macaroon"), method);
    if (refused !== undefined) {
      throw new ConnectError(refused, Code.Unknown);
    }
    return next(request);
  };
}

/** Where the real daemon dereferences nil and is gone, the sandbox lives on and says so. */
export function crash(method: string, missing: string): never {
  throw new ConnectError(
    `the sandbox stays up, but a real poold 0.6.6 crashes here: ${method} without ${missing} is a nil dereference`,
    Code.Unavailable,
  );
}

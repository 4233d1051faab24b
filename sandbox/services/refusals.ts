import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { Refusal } from "../ledger/refusal.ts";
import { checkMacaroon, type MacaroonCheck } from "../macaroon/verify.ts";

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
  return (next) => (request) => {
    const method = `${request.service.typeName}.${request.method.name}`;
    const refused = checkMacaroon(request.header.get("macaroon"), method, check);
    if (refused !== undefined) {
      throw new ConnectError(refused, Code.Unknown);
    }
    return next(request);
  };
}

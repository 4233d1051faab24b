import { Code } from "@connectrpc/connect";

/** HTTP statuses of gRPC codes, as the gateway maps them. */
const HTTP_STATUS: Readonly<Record<Code, number>> = {
  [Code.Canceled]: 499,
  [Code.Unknown]: 500,
  [Code.InvalidArgument]: 400,
  [Code.DeadlineExceeded]: 504,
  [Code.NotFound]: 404,
  [Code.AlreadyExists]: 409,
  [Code.PermissionDenied]: 403,
  [Code.ResourceExhausted]: 429,
  [Code.FailedPrecondition]: 400,
  [Code.Aborted]: 409,
  [Code.OutOfRange]: 400,
  [Code.Unimplemented]: 501,
  [Code.Internal]: 500,
  [Code.Unavailable]: 503,
  [Code.DataLoss]: 500,
  [Code.Unauthenticated]: 401,
};

/** An answer over HTTP, its body in JSON. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The gRPC code, 0 for OK. */
  readonly code: number;
}

/** An error as the gateway answers it. */
export function restError(code: Code, message: string): RestAnswer {
  const body = `{"code":${code},"message":${JSON.stringify(message)},"details":[]}`;
  return { status: HTTP_STATUS[code] ?? 500, headers: { "Content-Type": "application/json" }, body, code };
}

/** A message as the gateway answers it. */
export function restReply(body: string): RestAnswer {
  const headers = { "Content-Type": "application/json", "Grpc-Metadata-Content-Type": "application/grpc" };
  return { status: 200, headers, body, code: 0 };
}

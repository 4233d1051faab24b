import { readFileSync } from "node:fs";
import { type DescMethodUnary, type JsonValue, toJson } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";

/** What a call came to. */
export type Answer =
  | { readonly kind: "reply"; readonly json: JsonValue }
  | { readonly kind: "refused"; readonly code: number; readonly message: string };

/** A Pool that the script is run against. */
export interface PoolWorld {
  call(method: string, request: object): Promise<Answer>;
  mine(blocks: number): Promise<void>;
}

/** Calls the Trader that listens there; a request is as the client of TypeScript takes it. */
export function traderCaller(
  port: number,
  tlsCertPath: string,
  macaroonPath: string,
): (method: string, request: object) => Promise<Answer> {
  const transport = createGrpcTransport({
    baseUrl: `https://localhost:${port}`,
    nodeOptions: { ca: readFileSync(tlsCertPath) },
  });
  const macaroon = readFileSync(macaroonPath).toString("hex");
  return async (name, request) => {
    const method = Trader.methods.find((each) => each.name === name);
    if (method === undefined) throw new RangeError(`Trader has no ${name}`);
    try {
      const { message } = await transport.unary(
        method as DescMethodUnary,
        undefined,
        60_000,
        { macaroon },
        request as never,
      );
      const json = toJson(method.output, message as never, {
        alwaysEmitImplicit: true,
        useProtoFieldName: true,
      });
      return { kind: "reply", json };
    } catch (cause) {
      const error = ConnectError.from(cause);
      return { kind: "refused", code: error.code, message: error.rawMessage };
    }
  };
}

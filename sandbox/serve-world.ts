import { Trader } from "../gen/poolrpc/trader_pb.ts";
import { Control } from "../gen/sandbox/v1/control_pb.ts";
import type { CallLog } from "./call-log.ts";
import type { Clock } from "./chain/clock.ts";
import { readPermissions } from "./macaroon/permissions.ts";
import { createRestHandler, type RestHandler } from "./rest/rest-handler.ts";
import { createGrpcHandler, type GrpcHandler, type GrpcHandlerOptions } from "./server/grpc-handler.ts";
import { registerControl } from "./services/control.ts";
import { answerRefusals, requireMacaroon } from "./services/refusals.ts";
import { registerTrader } from "./services/trader.ts";
import { worldOf } from "./worlds/world-of.ts";
import type { OpenWorld, Worlds } from "./worlds/worlds.ts";

const TRADER_PERMISSIONS = new URL("../proto/poolrpc/permissions.yaml", import.meta.url);
const CONTROL_PERMISSIONS = new URL("../proto/sandbox/v1/permissions.yaml", import.meta.url);
const HTTP_RULES = new URL("../proto/poolrpc/trader.yaml", import.meta.url);

/** What answers the calls of one world. */
interface WorldHandlers {
  readonly grpc: GrpcHandler;
  readonly rest: RestHandler;
}

/** What serving worlds needs besides them. */
export interface ServeOptions {
  readonly worlds: Worlds;
  readonly now: Clock;
  readonly log: CallLog;
  /** Called by StopDaemon of the first world: in another it would take the daemon from everybody. */
  readonly stopDaemon: () => void;
}

/** The daemon of all worlds on one port: each call goes to the world of its macaroon. */
export function serveWorlds(options: ServeOptions): WorldHandlers {
  const { worlds } = options;
  const permissions = { ...readPermissions(TRADER_PERMISSIONS), ...readPermissions(CONTROL_PERMISSIONS) };
  const known = new WeakMap<OpenWorld, WorldHandlers>();
  const handlersOf = (macaroon: string | string[] | undefined): WorldHandlers => {
    const world = worlds.find(worldOf(macaroon)) ?? worlds.first;
    let handlers = known.get(world);
    if (handlers === undefined) {
      handlers = serveWorld(world, permissions, options);
      known.set(world, handlers);
    }
    return handlers;
  };
  return {
    grpc: (request, response) => handlersOf(request.headers.macaroon).grpc(request, response),
    rest: (request, response) =>
      handlersOf(request.headers["grpc-metadata-macaroon"]).rest(request, response),
  };
}

function serveWorld(
  world: OpenWorld,
  permissions: Readonly<Record<string, readonly string[]>>,
  { worlds, now, log, stopDaemon }: ServeOptions,
): WorldHandlers {
  const { ledger, rootKey } = world;
  const isFirst = world === worlds.first;
  const interceptors = [answerRefusals, requireMacaroon({ rootKey, permissions, now })];
  const trader: GrpcHandlerOptions = {
    services: [Trader.typeName],
    interceptors,
    routes: (router) => registerTrader(router, { ledger, stopDaemon: isFirst ? stopDaemon : () => {} }),
    log,
  };
  return {
    grpc: createGrpcHandler({
      ...trader,
      services: [Trader.typeName, Control.typeName],
      routes: (router) => {
        trader.routes(router);
        registerControl(router, { world, worlds });
      },
    }),
    rest: createRestHandler(HTTP_RULES, trader),
  };
}

import type { ConnectRouter } from "@connectrpc/connect";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { traderDaemon } from "./trader-daemon.ts";
import type { TraderDeps } from "./trader-deps.ts";

/** Serves `poolrpc.Trader` over the ledger. */
export function registerTrader(router: ConnectRouter, deps: TraderDeps): void {
  router.service(Trader, { ...traderDaemon(deps) });
}

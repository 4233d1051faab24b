import type { ConnectRouter } from "@connectrpc/connect";
import { Trader } from "../../gen/poolrpc/trader_pb.ts";
import { traderAccounts } from "./trader-accounts.ts";
import { traderAuction } from "./trader-auction.ts";
import { traderDaemon } from "./trader-daemon.ts";
import type { TraderDeps } from "./trader-deps.ts";
import { traderOrders } from "./trader-orders.ts";
import { traderSidecar } from "./trader-sidecar.ts";

/** Serves all methods of `poolrpc.Trader` over the ledger. */
export function registerTrader(router: ConnectRouter, deps: TraderDeps): void {
  router.service(Trader, {
    ...traderDaemon(deps),
    ...traderAccounts(deps),
    ...traderOrders(deps),
    ...traderAuction(deps),
    ...traderSidecar(deps),
  });
}

import { AccountState } from "../../gen/poolrpc/trader_pb.ts";
import { isActiveAccount } from "../ledger/account.ts";
import { isActiveOrder } from "../ledger/market.ts";
import { untilAborted } from "./auctioneer-link.ts";
import type { TraderDeps, TraderMethods } from "./trader-deps.ts";

/** What the sandbox calls itself, in the daemon's form. */
const VERSION = "0.6.6-beta commit=playground-sandbox";

/** The daemon itself: its state, its tokens, its end. */
export function traderDaemon({
  ledger,
  stopDaemon,
}: TraderDeps): TraderMethods<"getInfo" | "getLsatTokens" | "stopDaemon"> {
  const { state } = ledger.world;
  return {
    getInfo: async (_, { signal }) => {
      // The real daemon asks for its rating over and over until the auctioneer is back.
      if (state.auctioneerFault?.kind === "down" || state.auctioneerFault?.kind === "frozen") {
        await untilAborted(signal);
      }
      const active = state.accounts.filter((account) => isActiveAccount(account.state));
      const activeOrders = state.orders.filter((order) => isActiveOrder(order.state));
      return {
        version: VERSION,
        accountsTotal: state.accounts.length,
        accountsActive: active.length,
        accountsActiveExpired: active.filter((account) => account.state === AccountState.EXPIRED).length,
        accountsArchived: state.accounts.length - active.length,
        ordersTotal: state.orders.length,
        ordersActive: activeOrders.length,
        ordersArchived: state.orders.length - activeOrders.length,
        currentBlockHeight: state.height,
        batchesInvolved: state.batches.filter((batch) => batch.leases.length > 0).length,
        nodeRating: ledger.nodeRating(ledger.nodeKey),
        lsatTokens: state.tokens.length,
        // The daemon stays on the stream when its last account is closed.
        subscribedToAuctioneer: state.accounts.length > 0,
        marketInfo: ledger.marketInfo(),
      };
    },
    getLsatTokens: () => ({ tokens: state.tokens }),
    stopDaemon: () => {
      stopDaemon();
      return {};
    },
  };
}

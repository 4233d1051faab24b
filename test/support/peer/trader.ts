import { Metadata, status } from "@grpc/grpc-js";
import { OrderState } from "../../../gen/auctioneerrpc/auctioneer_pb.ts";
import { AccountState, AccountVersion, Trader } from "../../../gen/poolrpc/trader_pb.ts";
import { type Handler, only, PeerStatus, typed } from "./handler.ts";

/** What this server says of itself; no other server of the project says the same. */
export const PEER_VERSION = "0.6.6-beta commit=peer";
export const PEER_HEIGHT = 812_345;

const key = (seed: number) => new Uint8Array(33).fill(seed).fill(2, 0, 1);
const hash = (seed: number) => new Uint8Array(32).fill(seed);

/** Five reads and two writes of `Trader`, each computed from its request and a handful of fixed accounts. */
export const traderHandlers: Readonly<Record<string, Handler>> = {
  GetInfo: typed(Trader.method.getInfo, async function* (requests) {
    await only(requests);
    yield {
      version: PEER_VERSION,
      currentBlockHeight: PEER_HEIGHT,
      accountsTotal: ACCOUNTS.length,
      accountsActive: ACCOUNTS.filter(isActive).length,
      accountsArchived: ACCOUNTS.filter((account) => !isActive(account)).length,
      ordersTotal: 1,
      ordersActive: 1,
      subscribedToAuctioneer: true,
    };
  }),
  ListAccounts: typed(Trader.method.listAccounts, async function* (requests) {
    const { activeOnly } = await only(requests);
    yield { accounts: ACCOUNTS.filter((account) => !activeOnly || isActive(account)) };
  }),
  QuoteAccount: typed(Trader.method.quoteAccount, async function* (requests) {
    const request = await only(requests);
    const target = request.fees.case === "confTarget" ? request.fees.value : 0;
    if (target === 0) refuse("confirmation target must be greater than 0");
    if (request.accountValue < 100_000n) refuse("minimum account value allowed is 0.00100000 BTC");
    if (request.accountValue > 1_000_000_000n) refuse("maximum account value allowed is 10 BTC");
    const rate = 253n + 24_000n / BigInt(target);
    const inputs = 1n + request.accountValue / 5_000_000n;
    yield { minerFeeRateSatPerKw: rate, minerFeeTotal: (rate * (384n + 272n * inputs)) / 1000n };
  }),
  AuctionFee: typed(Trader.method.auctionFee, async function* (requests) {
    await only(requests);
    yield { executionFee: { baseFee: 2n, feeRate: 1_250n } };
  }),
  ListOrders: typed(Trader.method.listOrders, async function* (requests) {
    await only(requests);
    yield {
      bids: [
        {
          details: {
            traderKey: key(0x11),
            rateFixed: 1_984,
            amt: 2_000_000n,
            maxBatchFeeRateSatPerKw: 12_500n,
            orderNonce: hash(0x71),
            state: OrderState.ORDER_SUBMITTED,
            units: 20,
            unitsUnfulfilled: 20,
            reservedValueSat: 54_321n,
          },
          leaseDurationBlocks: 2_016,
          version: 7,
        },
      ],
    };
  }),
  SubmitOrder: typed(Trader.method.submitOrder, async function* (requests) {
    const { details } = await only(requests);
    if (details.value?.details === undefined) refuse("invalid order request");
    yield { details: { case: "acceptedOrderNonce" as const, value: hash(0x72) } };
  }),
  CancelOrder: typed(Trader.method.cancelOrder, async function* (requests) {
    await only(requests);
    yield {};
  }),
};

const ACCOUNTS = [
  {
    traderKey: key(0x11),
    outpoint: { txid: hash(0xa1), outputIndex: 0 },
    value: 5_000_000n,
    availableBalance: 4_945_679n,
    expirationHeight: PEER_HEIGHT + 4_032,
    state: AccountState.OPEN,
    latestTxid: hash(0xa1),
    version: AccountVersion.TAPROOT,
  },
  {
    traderKey: key(0x22),
    outpoint: { txid: hash(0xb2), outputIndex: 1 },
    value: 0n,
    availableBalance: 0n,
    expirationHeight: PEER_HEIGHT - 1_008,
    state: AccountState.CLOSED,
    latestTxid: hash(0xb3),
    version: AccountVersion.LEGACY,
  },
];

function isActive(account: { readonly state: AccountState }): boolean {
  return account.state !== AccountState.CLOSED && account.state !== AccountState.RECOVERY_FAILED;
}

function refuse(message: string): never {
  throw new PeerStatus(status.UNKNOWN, message, new Metadata());
}

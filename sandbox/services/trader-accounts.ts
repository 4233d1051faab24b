import { create } from "@bufbuild/protobuf";
import {
  type Account,
  type AccountModificationFee,
  AccountModificationFeeSchema,
  AccountSchema,
  type CloseAccountRequest,
  type InitAccountRequest,
} from "../../gen/poolrpc/trader_pb.ts";
import type { AccountChange, LedgerAccount } from "../ledger/account.ts";
import { isActiveAccount } from "../ledger/account.ts";
import type { CloseDestination } from "../ledger/account-changes.ts";
import { checkValue } from "../ledger/account-checks.ts";
import { availableBalance, checkNewAccount } from "../ledger/accounts.ts";
import { createFee, estimateFeeRate } from "../ledger/chain-fees.ts";
import { toHex } from "../ledger/keys.ts";
import { Refusal, refuse } from "../ledger/refusal.ts";
import type { WorldState } from "../ledger/state.ts";
import { displayTxid } from "../ledger/transaction.ts";
import { reachAuctioneer } from "./auctioneer-link.ts";
import type { TraderDeps, TraderMethods } from "./trader-deps.ts";

type AccountMethods =
  | "quoteAccount"
  | "initAccount"
  | "listAccounts"
  | "depositAccount"
  | "withdrawAccount"
  | "renewAccount"
  | "bumpAccountFee"
  | "closeAccount"
  | "recoverAccounts"
  | "accountModificationFees";

const QUERY_TERMS = "could not query auctioneer terms: ";

/** Accounts: quoting, opening, changing, closing. */
export function traderAccounts({ ledger }: TraderDeps): TraderMethods<AccountMethods> {
  const { world } = ledger;
  const { state } = world;
  /** The height that a request means; 0 where it names none. */
  const heightOf = (expiry: { case: string | undefined; value?: number | undefined }): number => {
    const value = expiry.value ?? 0;
    return value !== 0 && expiry.case?.startsWith("relative") ? (value + state.height) >>> 0 : value;
  };
  /** What the daemon asks before it changes an account that it knows. */
  const askForChange = async (key: Uint8Array, signal: AbortSignal): Promise<void> => {
    if (ledger.findAccount(key) !== undefined) {
      await reachAuctioneer(world, "Terms", QUERY_TERMS, signal);
      await reachAuctioneer(world, "ModifyAccount", "", signal);
    }
  };
  return {
    quoteAccount: async ({ accountValue, fees }, { signal }) => {
      if ((fees.value ?? 0) > 0) {
        await reachAuctioneer(world, "Terms", QUERY_TERMS, signal);
      }
      const quote = quoteAccount(accountValue, fees.value ?? 0, state.fees.chain);
      return { minerFeeRateSatPerKw: quote.feeRate, minerFeeTotal: quote.fee };
    },
    initAccount: async (request, { signal }) => {
      const expiry = heightOf(request.accountExpiry);
      if (expiry === 0) {
        refuse("either relative or absolute height must be specified");
      }
      if (request.fees.case === "confTarget" && request.fees.value > 0) {
        const prefix = `unable to estimate on-chain fees: ${QUERY_TERMS}`;
        await reachAuctioneer(world, "Terms", prefix, signal);
      }
      const feeRate = chosenFeeRate(request, state.fees.chain);
      checkNewAccount(state, { value: request.accountValue, version: request.version, feeRate, expiry });
      await reachAuctioneer(world, "Terms", QUERY_TERMS, signal);
      await reachAuctioneer(world, "ReserveAccount", "", signal);
      const account = ledger.run("initAccount", {
        value: request.accountValue,
        version: request.version,
        feeRate,
        expiry,
      });
      // The daemon computes the available balance only when it lists accounts.
      return { ...toAccount(state, account), availableBalance: 0n };
    },
    listAccounts: async ({ activeOnly }, { signal }) => {
      const prefix = "unable to list marshalled accounts: unable to query auctioneer terms: ";
      await reachAuctioneer(world, "Terms", prefix, signal);
      return {
        accounts: state.accounts
          .filter((account) => !activeOnly || isActiveAccount(account.state))
          .map((account) => toAccount(state, account)),
      };
    },
    depositAccount: async (request, { signal }) => {
      const { traderKey, amountSat: amount, feeRateSatPerKw: feeRate, newVersion } = request;
      const expiry = heightOf(request.accountExpiry);
      await askForChange(traderKey, signal);
      const account = ledger.run("depositAccount", { traderKey, amount, feeRate, expiry, newVersion });
      return { account: toAccount(state, account), depositTxid: account.latestTxid };
    },
    withdrawAccount: async (request, { signal }) => {
      const { traderKey, feeRateSatPerKw: feeRate, newVersion } = request;
      const outputs = request.outputs.map(({ valueSat, address }) => ({ value: valueSat, address }));
      const expiry = heightOf(request.accountExpiry);
      await askForChange(traderKey, signal);
      const account = ledger.run("withdrawAccount", { traderKey, outputs, feeRate, expiry, newVersion });
      return { account: toAccount(state, account), withdrawTxid: account.latestTxid };
    },
    renewAccount: async (request, { signal }) => {
      const { accountKey: traderKey, feeRateSatPerKw: feeRate, newVersion } = request;
      const expiry = heightOf(request.accountExpiry);
      await askForChange(traderKey, signal);
      const account = ledger.run("renewAccount", { traderKey, feeRate, expiry, newVersion });
      return { account: toAccount(state, account), renewalTxid: account.latestTxid };
    },
    bumpAccountFee: ({ traderKey }) => {
      ledger.run("bumpAccountFee", traderKey);
      return {};
    },
    closeAccount: async ({ traderKey, fundsDestination }, { signal }) => {
      if (fundsDestination.case !== undefined && ledger.findAccount(traderKey) !== undefined) {
        await reachAuctioneer(world, "ModifyAccount", "", signal);
      }
      return {
        closeTxid: ledger.run(
          "closeAccount",
          traderKey,
          closeDestination(fundsDestination, state.fees.chain),
        ),
      };
    },
    recoverAccounts: ({ fullClient }) => {
      if (fullClient) {
        refuse("unable to get auctioner data");
      }
      const first = state.accounts.find((account) => isActiveAccount(account.state));
      if (first !== undefined) {
        const key = toHex(first.traderKey);
        const reason = `account ${key} is already subscribed, cannot recover`;
        refuse(`error performing recovery: could not recover account ${key}: ${reason}`);
      }
      return { numRecoveredAccounts: ledger.run("recoverAccounts") };
    },
    accountModificationFees: () => ({
      accounts: Object.fromEntries(
        state.accounts.map(({ traderKey, changes }) => [
          toHex(traderKey),
          // lnd lists what it takes for unconfirmed first.
          {
            modificationFees: [...changes]
              .sort((a, b) => Number(a.height > 0) - Number(b.height > 0))
              .map(toModificationFee),
          },
        ]),
      ),
    }),
  };
}

function quoteAccount(value: bigint, confTarget: number, slow: bigint): { feeRate: bigint; fee: bigint } {
  if (confTarget === 0) {
    refuse("confirmation target must be greater than 0");
  }
  checkValue(value);
  const feeRate = within("error estimating fee rate: rpc error: code = Unknown desc = ", () =>
    estimateFeeRate(confTarget, slow),
  );
  return { feeRate, fee: createFee(feeRate) };
}

/** Says where a refusal came up, as the daemon does when it passes one on. */
function within<Value>(prefix: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(prefix + error.message) : error;
  }
}

function chosenFeeRate({ fees, accountValue }: InitAccountRequest, slow: bigint): bigint {
  if (fees.case === "feeRateSatPerKw" && fees.value > 0n) {
    return fees.value;
  }
  if (fees.case !== "confTarget" || fees.value === 0) {
    return refuse("either sats/kw or confirmation target must be specified");
  }
  const confTarget = fees.value;
  return within(
    "unable to estimate on-chain fees: ",
    () => quoteAccount(accountValue, confTarget, slow).feeRate,
  );
}

function closeDestination(
  to: CloseAccountRequest["fundsDestination"],
  slow: bigint,
): CloseDestination | undefined {
  switch (to.case) {
    case "outputWithFee": {
      const { address, fees } = to.value;
      const feeRate = fees.case === "confTarget" ? estimateFeeRate(fees.value, slow) : (fees.value ?? 0n);
      return { kind: "fee", address, feeRate };
    }
    case "outputs":
      return {
        kind: "outputs",
        outputs: to.value.outputs.map(({ valueSat, address }) => ({ value: valueSat, address })),
      };
    case undefined:
      return undefined;
  }
}

function toAccount(state: WorldState, account: LedgerAccount): Account {
  return create(AccountSchema, {
    traderKey: account.traderKey,
    outpoint: { txid: account.outpoint.txid, outputIndex: account.outpoint.index },
    value: account.value,
    availableBalance: availableBalance(state, account),
    expirationHeight: account.expirationHeight,
    state: account.state,
    latestTxid: account.latestTxid,
    version: account.version,
  });
}

function toModificationFee(change: AccountChange): AccountModificationFee {
  return create(AccountModificationFeeSchema, {
    action: change.action,
    txid: displayTxid(change.txid),
    blockHeight: change.height,
    timestamp: change.timestamp,
    outputAmount: change.outputAmount,
    fee:
      change.fee === undefined ? { case: "feeNull", value: true } : { case: "feeValue", value: change.fee },
  });
}

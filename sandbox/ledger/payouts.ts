import type { LedgerAccount } from "./account.ts";
import { disassemble, type Script } from "./address.ts";
import { closeFee, isDust } from "./chain-fees.ts";
import { toHex } from "./keys.ts";
import { refuse } from "./refusal.ts";

/** An output that a spend of an account pays. */
export interface ScriptPayout {
  /** sat. */
  readonly value: bigint;
  readonly script: Script;
}

/** Refuses an output whose weight Pool does not know: it withdraws to scripts and to witness programs. */
export function checkPayable({ script: { kind, bytes } }: ScriptPayout): void {
  if (kind === "p2pk") {
    refuse(`unable to parse output script ${toHex(bytes)}: unsupported script type`);
  }
  if (kind === "p2pkh") {
    refuse(`unsupported output script ${toHex(bytes)}`);
  }
}

/** Refuses outputs that nodes do not relay. */
export function checkDust(payouts: readonly ScriptPayout[]): void {
  const dust = payouts.find((payout) => isDust(payout.value, payout.script.kind));
  if (dust !== undefined) {
    refuse(`dust output ${toHex(dust.script.bytes)}`);
  }
}

/** What is left of an account that is closed to one output. Refuses where that is too little, or the output no known one. */
export function closingValue(
  account: Pick<LedgerAccount, "value" | "version">,
  expired: boolean,
  script: Script,
  feeRate: bigint,
): bigint {
  if (script.kind === "p2pk") {
    refuse("unsupported script type");
  }
  const left = account.value - closeFee(feeRate, account.version, expired, script.kind);
  // Pool has no limit for outputs to a key's hash here, and finds dust among them later.
  if (script.kind === "p2pkh" ? left < 0n : isDust(left, script.kind)) {
    const output = toHex(new TextEncoder().encode(disassemble(script)));
    refuse(`closing to output ${output} with ${feeRate} sat/kw results in dust`);
  }
  return left;
}

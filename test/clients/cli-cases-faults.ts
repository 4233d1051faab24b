import assert from "node:assert/strict";
import type { CliCase } from "./cli-case.ts";

const REFUSED_DIAL = (address: string): string =>
  `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${address}: connect: connection refused"`;

/** What goes wrong around a command: no daemon, no macaroon, no auctioneer. */
export const FAULT_CASES: readonly CliCase[] = [
  { command: "getinfo", as: "nobody", error: REFUSED_DIAL("127.0.0.1:1") },
  {
    command: "getinfo",
    as: "nowhere",
    error:
      "unable to read macaroon path : open /nonexistent/regtest/pool.macaroon: no such file or directory",
  },
  {
    command: "accounts list",
    as: "stranger",
    error:
      "rpc error: code = Unknown desc = verification failed: signature mismatch after caveat verification",
  },
  {
    command: "auction fee",
    before: [["SetAuctioneer", { mode: "AUCTIONEER_MODE_DOWN" }]],
    error: `rpc error: code = Unknown desc = unable to query auctioneer terms: ${REFUSED_DIAL("127.0.0.1:12009")}`,
  },
  { command: "orders cancel", args: ["{auctionAsk}"], error: REFUSED_DIAL("127.0.0.1:12009") },
  {
    command: "accounts list",
    error: `rpc error: code = Unknown desc = unable to list marshalled accounts: unable to query auctioneer terms: ${REFUSED_DIAL("127.0.0.1:12009")}`,
  },
  {
    command: "orders list",
    check: (output) => assert.ok(output.json().asks, "what is local is served"),
  },
  {
    command: "auction fee",
    before: [["SetAuctioneer", { mode: "AUCTIONEER_MODE_UP" }]],
    check: (output) => assert.deepEqual(Object.keys(output.json()), ["execution_fee"]),
  },
  {
    command: "accounts recover",
    before: [["LoadScenario", { name: "fresh" }]],
    check: (output) => assert.deepEqual(output.json(), { num_recovered_accounts: 0 }),
  },
  {
    command: "accounts list",
    check: (output) => assert.deepEqual(output.json(), { accounts: [] }),
  },
  {
    command: "auction snapshot",
    check: (output) => assert.deepEqual(output.json(), []),
  },
  // The last: after it the daemon is away for a while.
  { command: "stop", check: ({ text }) => assert.equal(text, "") },
];

import assert from "node:assert/strict";
import type { CliCase, CliOutput } from "./cli-case.ts";

interface Ticket {
  readonly id: string;
  readonly state: string;
  readonly offer_capacity: string;
  readonly offer_sign_pubkey: string;
  readonly recipient_node_pubkey: string;
  readonly order_bid_nonce: string;
  readonly encoded_ticket: string;
}

function listed(output: CliOutput, id: string): Ticket {
  const found = output.json<{ tickets: Ticket[] }>().tickets.find((ticket) => ticket.id === id);
  assert.ok(found !== undefined, `${id} is listed`);
  return found;
}

const BID = ["--acct_key={account}", "--interest_rate_percent=0.3", "--lease_duration_blocks=2016"];

/** A sidecar channel from offer to cancel: its provider in one world, its recipient in another. */
const LIFE: readonly CliCase[] = [
  {
    command: "sidecar offer",
    args: ["200000", "10000", "2016", "{account}"],
    check: (output, kept) => kept.set("ticket", output.json().ticket),
  },
  {
    command: "sidecar printticket",
    args: ["{ticket}"],
    check: (output, kept) => {
      const ticket = output.json<Record<keyof Ticket, string>>();
      assert.equal(ticket.state, "offered");
      assert.equal(ticket.offer_capacity, "200000");
      assert.equal(ticket.offer_sign_pubkey, kept.get("account"));
      assert.equal(ticket.encoded_ticket, kept.get("ticket"));
      kept.set("ticketId", ticket.id);
    },
  },
  {
    command: "sidecar register",
    as: "other",
    args: ["{ticket}"],
    check: (output, kept) => kept.set("registered", output.json().ticket),
  },
  {
    command: "orders submit bid",
    args: ["--force", ...BID, "--sidecar_ticket={registered}"],
    check: (output, kept) => {
      const reply = output.json();
      kept.set("sidecarBid", reply.accepted_order_nonce);
      kept.set("ordered", reply.updated_sidecar_ticket);
    },
  },
  {
    command: "sidecar expectchannel",
    as: "other",
    args: ["{ordered}"],
    check: (output) => assert.deepEqual(output.json(), {}),
  },
  {
    command: "sidecar list",
    as: "other",
    check: (output, kept) => {
      const ticket = listed(output, kept.get("ticketId"));
      assert.equal(ticket.state, "expecting channel");
      assert.equal(ticket.order_bid_nonce, kept.get("sidecarBid"));
    },
  },
  {
    command: "sidecar list",
    check: (output, kept) => assert.equal(listed(output, kept.get("ticketId")).state, "ordered"),
  },
  {
    command: "sidecar cancel",
    args: ["{ticketId}"],
    check: (output) => assert.deepEqual(output.json(), {}),
  },
  {
    command: "sidecar list",
    check: (output, kept) => assert.equal(listed(output, kept.get("ticketId")).state, "canceled"),
  },
  {
    command: "orders list",
    args: ["--show_archived"],
    check: ({ text }, kept) => assert.ok(text.includes(kept.get("sidecarBid")), "its bid is kept"),
  },
  {
    command: "sidecar offer",
    args: ["--auto", "--amt=200000", "--min_chan_amt=200000", ...BID],
    input: "yes\n",
    check: (output, kept) => {
      assert.match(output.text, /^-- Order Details --$/m);
      kept.set("autoTicket", output.json().ticket);
    },
  },
];

const REFUSED: readonly CliCase[] = [
  {
    command: "sidecar printticket",
    args: ["none"],
    error: "rpc error: code = Unknown desc = error decoding ticket: string contains invalid prefix",
  },
  {
    command: "sidecar register",
    args: ["{ticket}"],
    error: "rpc error: code = Unknown desc = ticket with ID {ticketId} already exists",
  },
  {
    command: "sidecar expectchannel",
    args: ["{ticket}"],
    error:
      "rpc error: code = Unknown desc = unable to expect sidecar chan: sidecar ticket in state offered, expected ordered",
  },
  {
    command: "sidecar cancel",
    args: ["{ticketId}"],
    error:
      "rpc error: code = Unknown desc = no ticket with ID {ticketId} found or ticket is already in terminal state",
  },
  {
    command: "sidecar offer",
    args: ["--auto", "--amt=200000", "--min_chan_amt=100000", ...BID],
    error: "must set --min_chan_amt to same value as --amt",
  },
  ...["offer", "printticket", "register", "expectchannel", "cancel"].map(
    (name): CliCase => ({
      command: `sidecar ${name}`,
      check: ({ text }) => assert.match(text, new RegExp(`pool sidecar ${name} - `)),
    }),
  ),
];

export const SIDECAR_CASES: readonly CliCase[] = [...LIFE, ...REFUSED];

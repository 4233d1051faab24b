import assert from "node:assert/strict";
import { test } from "node:test";
import { openIndexes } from "../../../lib/search/query.ts";
import type { SearchIndex } from "../../../lib/search/search-index.ts";
import { isNear, words } from "../../../lib/search/words.ts";

const INDEX: SearchIndex = {
  title: "Shop",
  pages: [
    ["service", "Trader", "shop.Trader", "/reference/shop.Trader", "Trades.", "", []],
    [
      "method",
      "SubmitOrder",
      "shop.Trader.SubmitOrder",
      "/reference/shop.Trader/SubmitOrder",
      "Places an order in the book.",
      "shop orders submit POST /v1/shop/orders order:write",
      [],
    ],
    [
      "method",
      "ListOrders",
      "shop.Trader.ListOrders",
      "/reference/shop.Trader/ListOrders",
      "All orders.",
      "GET /v1/shop/orders",
      [],
    ],
    [
      "message",
      "Order",
      "shop.Order",
      "/reference/messages/shop.Order",
      "What asks and bids have in common.",
      "",
      [
        ["field", "rate_fixed", "field-rate_fixed", "The price for each block of the lease."],
        ["field", "max_batch_fee_rate_sat_per_kw", "field-max_batch_fee_rate_sat_per_kw", "The chain fee."],
        ["field", "camelName", "field-camelName", "Written in another style."],
      ],
    ],
    [
      "enum",
      "OrderState",
      "shop.OrderState",
      "/reference/enums/shop.OrderState",
      "Where an order stands.",
      "",
      [["value", "ORDER_SUBMITTED", "value-ORDER_SUBMITTED", "In the book."]],
    ],
    [
      "error",
      "no order found",
      "",
      "/reference/errors/no-order-found",
      "The nonce names no order.",
      "NOT_FOUND",
      [],
    ],
    [
      "guide",
      "Rates and fees",
      "",
      "/guides/rates",
      "What a lease costs.",
      "",
      [["heading", "A worked example", "a-worked-example", "A premium of one percent a year."]],
    ],
  ],
};

const { search } = openIndexes([INDEX]);
const titles = (query: string) => search(query).map(({ title }) => title);

test("words of names in every style, of paths and of sentences", () => {
  for (const [text, expected] of [
    ["rate_fixed", "rate fixed"],
    ["rateFixed", "rate fixed"],
    ["GetLsatTokens", "get lsat tokens"],
    ["HTTPServer", "http server"],
    ["GET /v1/pool/orders/{order_nonce}", "get v1 pool orders order nonce"],
    ["order:write", "order write"],
    ["2016 blocks – each", "2016 blocks each"],
  ] as const) {
    assert.equal(words(text).join(" "), expected);
  }
});

test("one slip is near, two are not", () => {
  for (const typed of ["ordr", "oredr", "orxer", "oorder", "rder"]) {
    assert.ok(isNear(typed, "order"), typed);
  }
  for (const typed of ["odrr", "xyder", "orrdeer"]) assert.ok(!isNear(typed, "order"), typed);
});

test("a field is found by its words in any style, with its place", () => {
  for (const query of [
    "rate_fixed",
    "rateFixed",
    "rate fixed",
    "ratefixed",
    "fixed rate",
    "Order.rate_fixed",
  ]) {
    const [first] = search(query);
    assert.equal(first?.href, "/reference/messages/shop.Order#field-rate_fixed", query);
    assert.equal(first?.kind, "field", query);
  }
  assert.equal(titles("camel name")[0], "camelName");
});

test("the exact name comes first, then names that begin so, then texts", () => {
  assert.deepEqual(titles("order").slice(0, 2), ["Order", "OrderState"]);
  assert.ok(titles("order").includes("SubmitOrder"), "a name that holds the word");
  assert.ok(
    titles("order").indexOf("SubmitOrder") < titles("order").indexOf("no order found") + 1,
    "a method early",
  );
  assert.equal(titles("submitorder")[0], "SubmitOrder");
  assert.equal(titles("shop.Trader.ListOrders")[0], "ListOrders");
  assert.equal(titles("sub ord")[0], "SubmitOrder");
});

test("commands, REST paths, permissions, errors and texts of guides find what they belong to", () => {
  assert.equal(titles("shop orders submit")[0], "SubmitOrder");
  assert.deepEqual(titles("GET /v1/shop/orders")[0], "ListOrders");
  assert.equal(titles("order:write")[0], "SubmitOrder");
  assert.equal(titles("no order found")[0], "no order found");
  assert.equal(titles("premium of one percent")[0], "A worked example");
  assert.equal(search("worked example")[0]?.href, "/guides/rates#a-worked-example");
});

test("one mistyped letter still finds, two find nothing", () => {
  assert.equal(titles("submitordr")[0], "SubmitOrder");
  assert.equal(titles("sumbit order")[0], "SubmitOrder");
  assert.equal(titles("rate fixde")[0], "rate_fixed");
  assert.deepEqual(titles("xyzzy"), []);
  assert.deepEqual(titles(""), []);
  assert.deepEqual(titles(" ./ "), []);
});

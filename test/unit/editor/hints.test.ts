import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { BytesForm } from "../../../lib/call/call.ts";
import { createLanguage } from "../../../lib/editor/language.ts";
import { methodFixture } from "./pool-docs.ts";

const key = "02".repeat(33);
const recents = [
  { field: "trader_key", form: "bytes", value: key, bytesKind: null, label: "trader_key of account 2" },
] as const;
const now = () => Date.UTC(2026, 2, 1, 12);

/** The text with its hints where they stand, in « ». */
function shown(method: string, text: string, bytes: BytesForm = "hex"): string {
  const language = createLanguage({
    ...methodFixture(`poolrpc.Trader.${method}`),
    bytes,
    recents,
    now,
    height: 812_000,
  });
  return [...language.hints(text)]
    .sort((a, b) => b.offset - a.offset)
    .reduce(
      (marked, hint) => `${marked.slice(0, hint.offset)}«${hint.text}»${marked.slice(hint.offset)}`,
      text,
    );
}

describe("what stands beside the values", () => {
  const rows: [method: string, marked: string, bytes?: BytesForm][] = [
    ["CancelOrder", '{"order_nonce": "00ff"}'],
    ["CancelOrder", '{"order_nonce": "text:hello"«→ 5 bytes 68656c6c6f»}'],
    ["CancelOrder", '{"order_nonce": "base64:AA=="«→ 1 byte 00»}'],
    ["CancelOrder", '{"order_nonce": "hex:00ff"}', "base64"],
    ["CancelOrder", '{"order_nonce": "AP8="«→ 2 bytes 00ff»}', "base64"],
    ["CancelOrder", `{"order_nonce": "txid:${"01".repeat(31)}ff"«→ 32 bytes ff010101…01010101»}`],
    ["CancelOrder", '{"order_nonce": ""}'],
    ["CancelOrder", '{"order_nonce": "zz"}'],
    ["SubmitOrder", `{"bid": {"details": {"trader_key": "${key}"«account 2»}}}`],
    ["SubmitOrder", `{"bid": {"details": {"trader_key": "hex:${key}"«account 2»}}}`],
    ["InitAccount", '{"account_value": "1000000"«0.01 BTC», "conf_target": 6«60 minutes»}'],
    ["InitAccount", '{"account_value": 0, "absolute_height": 812144«about 2026-03-02 12:00 UTC»}'],
    [
      "InitAccount",
      '{\n  "account_value": 1000000,«0.01 BTC»\n  "fee_rate_sat_per_kw": 12500 // mine«50 sat/vB»\n}',
    ],
    [
      "SubmitOrder",
      '{"bid": {"lease_duration_blocks": 2016«14 days», "details": {"amt": 1000000«0.01 BTC · 10 units», "rateFixed": 4960«0.9999 % over 2,016 blocks · 26.07 % APR · 9,999 sat premium»}}}',
    ],
    ["QuoteOrder", '{"rate_fixed": 4960«26.07 % APR · 0.000496 % per block», "x": 1}'],
    ["QuoteOrder", '{"amt": 1.5, "rate_fixed": "many"}'],
    ["QuoteOrder", "{"],
    ["QuoteOrder", ""],
  ];
  for (const [method, marked, bytes] of rows) {
    test(`${method} ${marked}`, () => {
      assert.equal(shown(method, marked.replaceAll(/«[^»]*»/g, ""), bytes), marked);
    });
  }
});

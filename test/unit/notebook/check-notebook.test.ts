import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNotebook } from "../../../lib/notebook/check-notebook.ts";
import { toNotebook } from "../../../lib/notebook/parse-notebook.ts";
import { apis } from "./apis.ts";

const FRONT = "---\ntitle: T\ndescription: D.\n---\n\n";

function check(body: string): string[] {
  return checkNotebook(toNotebook(FRONT + body), apis).map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

function call(as: string, method: string, request = "{}"): string {
  return `<Call as="${as}" method="poolrpc.Trader.${method}">\n\n\`\`\`json\n${request}\n\`\`\`\n\n</Call>\n\n`;
}

function holds(condition: string): string {
  return `<Check say="so">\n\n\`\`\`cel\n${condition}\n\`\`\`\n\n</Check>\n\n`;
}

test("values flow with their types", () => {
  const quote = call("quote", "QuoteAccount", '{ "account_value": "100000", "conf_target": 6 }');
  const init = call(
    "made",
    "InitAccount",
    '{ "account_value": "{{quote.miner_fee_total}}", "conf_target": 6 }',
  );
  assert.deepEqual(check(quote + init + holds("made.state == poolrpc.AccountState.PENDING_OPEN")), []);
  assert.deepEqual(
    check(call("all", "ListAccounts") + holds("all.accounts.exists(a, a.value > 5 && has(a.outpoint))")),
    [],
  );
});

test("what does not exist is told where it stands, with what was meant", () => {
  assert.match(
    check(call("a", "GetInfos"))[0] ?? "",
    /^6:\d+ there is no method poolrpc.Trader.GetInfos; did you mean poolrpc.Trader.GetInfo\?/,
  );
  const accounts = call("all", "ListAccounts");
  assert.match(
    check(accounts + holds("al.accounts.size() > 0"))[0] ?? "",
    /^17:1 no cell gives `al`; did you mean `all`\?/,
  );
  assert.match(
    check(accounts + holds("all.account.size() > 0"))[0] ?? "",
    /has no field `account`; did you mean `accounts`\?/,
  );
  assert.match(
    check(accounts + holds("all.accounts.exists(a, a.stat == 1)"))[0] ?? "",
    /did you mean `state`\?/,
  );
  assert.match(
    check(accounts + holds("all.accounts[0].state == poolrpc.AccountState.OPN"))[0] ?? "",
    /did you mean OPEN\?/,
  );
  assert.match(check(accounts + holds("all.accounts[0].value + 1 > 5"))[0] ?? "", /write `10u`/);
  assert.match(check(accounts + holds("size(all.accounts)"))[0] ?? "", /true or false, and this is an int/);
  assert.match(check(accounts + holds("size(all.accounts"))[0] ?? "", /this is no expression/);
});

test("a value that does not fit where it goes is told at its placeholder", () => {
  const found = check(
    call("all", "ListAccounts") + call("bad", "InitAccount", '{ "account_value": "{{all}}" }'),
  );
  assert.match(found[0] ?? "", /^17:20 /);
  const path = check(
    call("all", "ListAccounts") +
      call("bad", "InitAccount", '{ "account_value": "{{all.acounts[0].value}}" }'),
  );
  assert.match(
    path[0] ?? "",
    /^17:\d+ poolrpc.ListAccountsResponse has no field `acounts`; did you mean `accounts`\?/,
  );
});

test("a wait takes reads only, and cells that need each other are told", () => {
  const wait = `<Wait as="w" method="poolrpc.Trader.CloseAccount">\n\n\`\`\`json\n{}\n\`\`\`\n\n\`\`\`cel\ntrue\n\`\`\`\n\n</Wait>\n`;
  assert.match(check(wait)[0] ?? "", /takes reads only/);
  const expression = (as: string, text: string) =>
    `<Expression as="${as}">\n\n\`\`\`cel\n${text}\n\`\`\`\n\n</Expression>\n\n`;
  assert.match(check(expression("a", "b") + expression("b", "a"))[0] ?? "", /`a` needs what `b` gives/);
  assert.deepEqual(check(expression("a", "b + 1") + expression("b", "2")), []);
});

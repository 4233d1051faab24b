import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { jsBytes, jsKey, jsNumber, jsQuote } from "../../../lib/snippets/js-quote.ts";
import { isPythonName, pythonBytes, pythonQuote } from "../../../lib/snippets/python-quote.ts";
import { shellPath, shellQuote } from "../../../lib/snippets/shell-quote.ts";
import { HOSTILE_TEXTS, HOSTILE_WORDS } from "../../support/hostile-texts.ts";

const BYTES = [new Uint8Array(), Uint8Array.of(0, 39, 34, 92, 10, 255), Uint8Array.of(0xfb, 0xff, 0xfe)];

test("a shell reads each word as it was", () => {
  const script = `printf '%s\\0' ${HOSTILE_WORDS.map(shellQuote).join(" ")}`;
  const read = execFileSync("sh", ["-c", script], { encoding: "utf8" });
  assert.deepEqual(read.split("\0").slice(0, -1), HOSTILE_WORDS);
  assert.throws(() => shellQuote("a\0b"), RangeError);
});

test("a shell finds the home folder of a path and nothing else in it", () => {
  const paths = ["~/.pool/regtest/tls.cert", "~/my pools/$HOME/it's", "/etc/~/x", "~", "~other/x"];
  const script = `printf '%s\\0' ${paths.map(shellPath).join(" ")}`;
  const read = execFileSync("sh", ["-c", script], { encoding: "utf8", env: { ...process.env, HOME: "/h" } });
  const expected = ["/h/.pool/regtest/tls.cert", "/h/my pools/$HOME/it's", "/etc/~/x", "~", "~other/x"];
  assert.deepEqual(read.split("\0").slice(0, -1), expected);
});

test("Python reads texts and bytes as they were", () => {
  const program = `import json
texts = [${HOSTILE_TEXTS.map(pythonQuote).join(", ")}]
data = [${BYTES.map(pythonBytes).join(", ")}]
print(json.dumps([texts, [each.hex() for each in data]]))`;
  const read = execFileSync("python3", ["-"], { input: program, encoding: "utf8" });
  assert.deepEqual(JSON.parse(read), [HOSTILE_TEXTS, BYTES.map((each) => Buffer.from(each).toString("hex"))]);
  assert.ok(!isPythonName("from"), "from is a keyword");
});

test("JavaScript reads texts, keys, numbers and bytes as they were", () => {
  const numbers = [0, -0, 1.5, 1e300, 5e-324, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const keys = [...HOSTILE_TEXTS, "__proto__", "constructor", "a-b", "1"];
  const program = `({
texts: [${HOSTILE_TEXTS.map(jsQuote).join(",\n")}],
keys: [${keys.map((key) => `Object.keys({ ${jsKey(key)}: 1 })[0]`).join(",\n")}],
numbers: [${numbers.map(jsNumber).join(", ")}],
bytes: [${BYTES.map(jsBytes).join(", ")}].map((each) => new Uint8Array(each)),
})`;
  // biome-ignore lint/security/noGlobalEval: what is tested is what JavaScript makes of it
  const read: unknown = globalThis.eval(program);
  assert.deepEqual(read, { texts: HOSTILE_TEXTS, keys, numbers, bytes: BYTES });
});

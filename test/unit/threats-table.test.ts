import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../support/pool-api.ts";

/** Rows of the table in SECURITY.md: number of the test → files that hold it. */
const rows = [
  ...readFileSync(join(ROOT, "SECURITY.md"), "utf8").matchAll(/^\| (\d+) \| .* \| (`.*`) \|$/gm),
].map(([, number, files]) => ({
  number: Number(number),
  files: [...(files ?? "").matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? ""),
}));

/** Numbers of the tests that a file names. */
function numbersIn(file: string): Set<number> {
  return new Set(
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/THREATS (\d+):/g)].map(([, number]) =>
      Number(number),
    ),
  );
}

test("the table in SECURITY.md has every test", () => {
  const expected = Array.from({ length: 27 }, (_, index) => index + 1);
  assert.deepEqual(
    rows.map(({ number }) => number),
    expected,
  );
});

for (const { number, files } of rows) {
  test(`THREATS ${number} is in the files that SECURITY.md names`, () => {
    for (const file of files)
      assert.ok(numbersIn(file).has(number), `${file} has no test "THREATS ${number}: …"`);
  });
}

test("no file has a numbered test that SECURITY.md does not know", () => {
  const files = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        /^(unit|server|sandbox|notebook|e2e)\/.*\.test\.ts$/.test(file) &&
        !file.endsWith("threats-table.test.ts"),
    )
    .map((file) => `test/${file}`);
  const known = new Set(rows.map(({ number }) => number));
  for (const file of files) {
    for (const number of numbersIn(file)) assert.ok(known.has(number), `${file} names THREATS ${number}`);
  }
});

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { buildPages } from "../../../lib/pages/build-pages.ts";
import { EVERYTHING_CONFIG, everythingReference } from "../../support/everything-api.ts";
import { assertGolden } from "../../support/golden.ts";
import { ROOT } from "../../support/pool-api.ts";

const FOLDER = "everything/pages";

const files = buildPages(await everythingReference(), EVERYTHING_CONFIG).map(({ path, content }) => ({
  name: path.replace(/^content\/reference\//, ""),
  content,
}));

for (const { name, content } of files) {
  test(`${name} of the fixture with one of everything`, () => assertGolden(`${FOLDER}/${name}`, content));
}

test("there is no golden of a page that is not made", () => {
  const goldens = readdirSync(join(ROOT, "test/golden", FOLDER), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:mdx|json)$/.test(file) && !file.includes("-changed."))
    .map((file) => file.replaceAll("\\", "/"));
  assert.deepEqual(goldens.sort(), files.map(({ name }) => name).sort());
});

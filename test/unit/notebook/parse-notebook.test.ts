import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNotebook, toNotebook } from "../../../lib/notebook/parse-notebook.ts";

const FRONT = "---\ntitle: T\ndescription: D.\n---\n\n";

function problems(body: string): string[] {
  const reading = parseNotebook(FRONT + body);
  if (reading.kind === "ok") return [];
  return reading.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

test("cells and prose keep their order and their characters", () => {
  const source = `${FRONT}# Hello

Some *prose*.

<Call as="info" method="poolrpc.Trader.GetInfo" deadline="2s" varies="version, uptime">

\`\`\`json
{ }
\`\`\`

</Call>

After.
`;
  const { cells, info } = toNotebook(source);
  assert.deepEqual(
    cells.map(({ id, kind }) => `${id} ${kind}`),
    ["prose-1 prose", "info call", "prose-2 prose"],
  );
  assert.equal(info.title, "T");
  const call = cells[1];
  assert.ok(call?.kind === "call", "the second cell is a call");
  assert.equal(call.deadlineMs, 2_000);
  assert.deepEqual(call.varies, ["version", "uptime"]);
  const [request] = call.requests;
  assert.equal(source.slice(request?.place.start, request?.place.end), "{ }");
  assert.equal(source.slice(call.method.place.start, call.method.place.end), "poolrpc.Trader.GetInfo");
  assert.equal(
    cells.map(({ place }) => source.slice(place.start, place.end)).join("\n\n"),
    source.slice(FRONT.length).trimEnd(),
  );
});

test("a text with Windows line ends is read like any other", () => {
  const source = `${FRONT}<Check say="so">\n\n\`\`\`cel\ntrue\n\`\`\`\n\n</Check>\n`.replaceAll("\n", "\r\n");
  const [check] = toNotebook(source).cells;
  assert.ok(check?.kind === "check" && check.condition.text === "true", "the condition is read");
});

test("nothing that is JavaScript or HTML passes, and each is told with its place", () => {
  assert.match(problems("import x from 'y'")[0] ?? "", /^6:1 a notebook has no imports/);
  assert.match(problems("text {1 + 1}")[0] ?? "", /^6:6 braces hold JavaScript/);
  assert.match(problems("{1 + 1}")[0] ?? "", /^6:1 braces hold JavaScript/);
  assert.match(problems("<script>x</script>")[0] ?? "", /^6:1 <script> is HTML/);
  assert.match(problems("> <img src='x' />")[0] ?? "", /<img> is HTML/);
  assert.match(problems("[x](javascript:alert(1))")[0] ?? "", /a link leads to/);
  assert.match(problems("![x](https://evil.test/x.png)")[0] ?? "", /no images/);
  assert.match(problems("<Cal />")[0] ?? "", /did you mean <Call>\?/);
  assert.match(problems("<Check say={1} />")[0] ?? "", /a value in braces would be JavaScript/);
});

test("names are unique, whoever gives them", () => {
  const input = (id: string, as: string) => `<Input id="${id}" as="${as}" label="L" value="1" />\n\n`;
  assert.deepEqual(problems(input("a", "x") + input("b", "y")), []);
  assert.match(problems(input("a", "x") + input("b", "x"))[0] ?? "", /^8:1 `x` is already captured/);
  assert.match(problems(input("a", "x") + input("a", "y"))[0] ?? "", /`a` is already the name/);
});

test("a text that is too long is not read", () => {
  assert.match(problems("x".repeat(1 << 20))[0] ?? "", /at most 1048576 characters/);
});

test("no text takes its reader for long", () => {
  const texts = [
    "> ".repeat(20_000),
    "> a\n\n".repeat(100_000),
    "- a\n".repeat(200_000),
    "*_".repeat(50_000),
  ].concat(
    [
      "[".repeat(50_000),
      "<Call>\n".repeat(5_000),
      "# a\n".repeat(200_000),
      "a\n=\n".repeat(200_000),
      "<b>".repeat(300_000),
    ],
    ["```\n".repeat(200_000), "&amp;".repeat(200_000), "[a](".repeat(200_000), "` `` ".repeat(100_000)],
  );
  for (const text of texts) {
    const began = performance.now();
    assert.equal(parseNotebook(FRONT + text).kind, "problems", text.slice(0, 10));
    assert.ok(performance.now() - began < 10_000, `${text.slice(0, 10)} takes the reader for long`);
  }
});

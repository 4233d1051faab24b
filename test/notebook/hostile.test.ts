import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readNotebookFile, runNotebookFile } from "../../bin/steps/notebook-file.ts";
import { checkNotebook } from "../../lib/notebook/check-notebook.ts";
import { MAX_NOTEBOOK_LENGTH, parseNotebook } from "../../lib/notebook/parse-notebook.ts";
import { NotebookRun } from "../../lib/notebook/run-notebook.ts";
import { temporaryFolder } from "../server/support/playground.ts";
import { namedPeer, startNotebookServer } from "../support/notebook-server.ts";
import { startPeer } from "../support/peer/start-peer.ts";
import { settled } from "../support/until.ts";

const FRONT = "---\ntitle: T\ndescription: D.\nscenario: busy-market\n---\n\n";
const CALL = (method: string) => `<Call method="${method}">\n\n\`\`\`json\n{}\n\`\`\`\n\n</Call>\n\n`;

/** Every cell of it would do harm. */
const HARMFUL = `${FRONT}<Input as="typed" label="Anything" value="x" />

${CALL("poolrpc.Trader.StopDaemon")}${CALL("poolrpc.Trader.GetLsatTokens")}<Wait as="asked" method="poolrpc.Trader.RecoverAccounts" every="1ms">

\`\`\`json
{}
\`\`\`

\`\`\`cel
typed == "never"
\`\`\`

</Wait>

<Expression as="derived">

\`\`\`cel
typed + typed
\`\`\`

</Expression>
`;

test("THREATS 19: a hostile notebook that is opened, checked, edited and typed into makes no call", async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, "peer"));
  await using peer = await startPeer({ dir: join(folder.path, "peer") });
  await using server = await startNotebookServer({ named: namedPeer(peer), allowWrite: true });
  assert.equal(server.host.begin, null, "a real daemon has no world to begin anew");
  const path = join(folder.path, "harmful.mdx");
  writeFileSync(path, HARMFUL);
  const read = await readNotebookFile(path);
  assert.ok(read.kind === "notebook", "it is well-formed");
  checkNotebook(read.notebook, server.apis);
  const run = new NotebookRun(read.notebook, server.host);
  run.setInput("typed", "y");
  run.update(read.notebook);
  run.setInput("typed", "z");
  await settled(() => peer.calls.length);
  assert.equal(peer.calls.length, 0);
});

test("THREATS 19: without --allow-write a notebook with a write makes no call on a real daemon, not even its reads", async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, "peer"));
  await using peer = await startPeer({ dir: join(folder.path, "peer") });
  await using server = await startNotebookServer({ named: namedPeer(peer) });
  const read = parseNotebook(FRONT + CALL("poolrpc.Trader.GetInfo") + CALL("poolrpc.Trader.StopDaemon"));
  assert.ok(read.kind === "ok", "it is a notebook");
  const { notebook } = read;
  const file = join(folder.path, "stop.mdx");
  const report = await runNotebookFile({
    ...{ path: file, file, notebook, server, update: false, log: () => {} },
  });
  assert.match(report.problems[0]?.message ?? "", /StopDaemon is a write.*--allow-write/);
  assert.equal(peer.calls.length, 0);
  // Whoever runs it all the same is refused by the host, too.
  const run = new NotebookRun(notebook, server.host);
  assert.deepEqual(await run.runAll(), { kind: "stopped-at", cell: "call-2" });
  const state = run.stateOf("call-2");
  assert.ok(state.kind === "failed", "the write failed");
  assert.match(state.failure.message, /nothing was sent\. Add --allow-write/);
  assert.deepEqual(
    peer.calls.map(({ method }) => method),
    ["poolrpc.Trader.GetInfo"],
  );
});

test("THREATS 19: what would run as JavaScript or HTML is a problem with its line, and no notebook", () => {
  const cases = [
    'import fs from "node:fs"',
    "export const x = 1",
    "{process.exit(1)}",
    "Text {globalThis.x = 1} text",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1) />",
    '<Call method={globalThis.x} as="a" />',
    "<Call {...x} />",
    "[here](javascript:alert(1))",
    "![here](https://evil.test/x.png)",
    "<iframe />",
    '<Profile name="mainnet" />',
    '<Call method="a.B.C" profile="mainnet">\n\n```json\n{}\n```\n\n</Call>',
  ];
  for (const hostile of cases) {
    const read = parseNotebook(`${FRONT}${hostile}\n`);
    assert.ok(read.kind === "problems", `it is taken: ${hostile}`);
    assert.equal(read.problems[0]?.line, 7, hostile);
  }
});

test("THREATS 19: a text that is too long is not read", async () => {
  const read = parseNotebook(FRONT + "a".repeat(MAX_NOTEBOOK_LENGTH));
  assert.match(read.kind === "problems" ? (read.problems[0]?.message ?? "") : "", /at most \d+ characters/);
  using folder = temporaryFolder();
  const path = join(folder.path, "long.mdx");
  writeFileSync(path, Buffer.alloc(4 * MAX_NOTEBOOK_LENGTH + 1, 0x61));
  const file = await readNotebookFile(path);
  assert.match(file.kind === "problems" ? (file.problems[0]?.message ?? "") : "", /is not \d+ bytes long/);
});

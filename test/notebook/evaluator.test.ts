import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { apiFile } from "../../bin/steps/api-files.ts";
import { startNotebookEvaluator } from "../../bin/steps/notebook-evaluator.ts";
import type { Evaluation } from "../../lib/notebook/host.ts";
import {
  type EvaluatorQuestion,
  KillableEvaluator,
  type StartWorker,
} from "../../lib/notebook/killable-evaluator.ts";
import type { Value, Values } from "../../lib/notebook/value.ts";
import config from "../../playground.config.ts";
import { ROOT } from "../support/pool-api.ts";
import { assertWithin } from "../support/until.ts";

const images = config.apis.map(({ id }) => readFileSync(join(ROOT, apiFile(id, "image.binpb"))));
const NONE: Values = new Map();

/** Ten to the power of eight turns. */
const BOMB = "abcdefgh"
  .split("")
  .reduceRight((inner, name) => `[0,1,2,3,4,5,6,7,8,9].map(${name}, ${inner})`, "1");

describe("THREATS 19: an expression is worked out where it can be ended", () => {
  const evaluator = startNotebookEvaluator(images);
  after(() => evaluator.close());

  test("values go in and come back, of every kind", async () => {
    const values = new Map<string, Value>([
      ["big", { kind: "uint", value: 2n ** 64n - 1n }],
      ["key", { kind: "bytes", value: new Uint8Array([2, 255]) }],
      ["account", { kind: "message", type: "poolrpc.Account", wire: new Uint8Array([0x18, 7]) }],
    ]);
    const given = await evaluator.evaluate(
      "[big, hex(key), account.value, poolrpc.AccountState.OPEN]",
      values,
    );
    assert.deepEqual(given, {
      kind: "ok",
      parts: [],
      value: {
        kind: "list",
        items: [
          { kind: "uint", value: 2n ** 64n - 1n },
          { kind: "string", value: "02ff" },
          { kind: "uint", value: 7n },
          { kind: "int", value: 2n },
        ],
      },
    });
  });

  test("THREATS 19: an expression bomb is ended after two seconds, and the next expression is answered", async () => {
    await evaluator.evaluate("1", NONE);
    await assertWithin(3_000, async () => {
      await evaluator.evaluate("1", NONE);
      const started = performance.now();
      const [bomb, next] = [evaluator.evaluate(BOMB, NONE), evaluator.evaluate("1 + 1", NONE)];
      const given = await bomb;
      const took = performance.now() - started;
      assert.ok(given.kind === "error", "the bomb has no value");
      assert.match(given.message, /^it was stopped after 2 s|^it took more memory/);
      assert.deepEqual(await next, { kind: "ok", value: { kind: "int", value: 2n }, parts: [] });
      return took;
    });
  });

  test("THREATS 19: an expression that is too long is not looked at", async () => {
    const given = await evaluator.evaluate(`"${"a".repeat(20_000)}"`, NONE);
    assert.match(given.kind === "error" ? given.message : "", /at most 10000 characters/);
  });
});

describe("what stands between a notebook and its worker", () => {
  const OK: Evaluation = { kind: "ok", value: { kind: "null" }, parts: [] };

  /** A worker that answers when it is told to. */
  function fakeWorker() {
    const asked: EvaluatorQuestion[] = [];
    const events: Parameters<StartWorker>[0][] = [];
    let ended = 0;
    const start: StartWorker = (each) => {
      events.push(each);
      return { post: (question) => asked.push(question), terminate: () => ended++ };
    };
    return { asked, events, start, ended: () => ended };
  }

  test("asks one after another, only when the worker is ready, and with what is mentioned", async () => {
    const { asked, events, start } = fakeWorker();
    const evaluator = new KillableEvaluator(start);
    const value: Value = { kind: "bool", value: true };
    const values = new Map([
      ["a", value],
      ["b", value],
    ]);
    const both = [evaluator.evaluate("a", values), evaluator.evaluate("b", values)];
    assert.deepEqual([events.length, asked.length], [1, 0], "nothing is asked of a worker that is not ready");
    events[0]?.onMessage({ kind: "ready" });
    assert.deepEqual(
      asked.map(({ expression, values }) => [expression, [...values.keys()]]),
      [["a", ["a"]]],
    );
    events[0]?.onMessage({ kind: "evaluation", id: asked[0]?.id ?? 0, evaluation: OK });
    events[0]?.onMessage({ kind: "evaluation", id: asked[1]?.id ?? 0, evaluation: OK });
    assert.deepEqual(await Promise.all(both), [OK, OK]);
  });

  test("a worker that cannot start, or dies, ends its own question; another is started for the next", async () => {
    const { asked, events, start, ended } = fakeWorker();
    const evaluator = new KillableEvaluator(start);
    const [first, second] = [evaluator.evaluate("1", NONE), evaluator.evaluate("2", NONE)];
    events[0]?.onFailure("no file");
    assert.match(JSON.stringify(await first), /could not be started: no file/);
    events[1]?.onMessage({ kind: "ready" });
    events[1]?.onFailure("out of memory");
    assert.match(JSON.stringify(await second), /more memory.*out of memory/);
    assert.deepEqual([ended(), asked.length], [2, 1]);
    // What an ended worker still says is of no effect.
    const third = evaluator.evaluate("3", NONE);
    events[1]?.onMessage({ kind: "ready" });
    assert.equal(asked.length, 1);
    evaluator.close();
    assert.match(JSON.stringify(await third), /the notebook is closed/);
    assert.match(JSON.stringify(await evaluator.evaluate("4", NONE)), /the notebook is closed/);
  });
});

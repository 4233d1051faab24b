import { parentPort, workerData } from "node:worker_threads";
import { createRegistry } from "@bufbuild/protobuf";
import { evaluate } from "../../lib/notebook/evaluate.ts";
import type { EvaluatorAnswer, EvaluatorQuestion } from "../../lib/notebook/killable-evaluator.ts";
import { loadRegistry } from "../../lib/schema/registry.ts";

const images = workerData as readonly Uint8Array[];
const registry = createRegistry(...images.map(loadRegistry));
const say = (answer: EvaluatorAnswer) => parentPort?.postMessage(answer);

parentPort?.on("message", ({ id, expression, values }: EvaluatorQuestion) =>
  say({ kind: "evaluation", id, evaluation: evaluate(expression, values, registry) }),
);
say({ kind: "ready" });

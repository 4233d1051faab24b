import { createRegistry } from "@bufbuild/protobuf";
import { evaluate } from "../../../lib/notebook/evaluate.ts";
import type { EvaluatorAnswer, EvaluatorQuestion } from "../../../lib/notebook/killable-evaluator.ts";
import { loadAllTypes } from "../../run/method-schema.ts";

/** The first message: the ids of the APIs whose types expressions may name. */
export interface EvaluatorStart {
  readonly apis: readonly string[];
}

const post = (answer: EvaluatorAnswer) => self.postMessage(answer);
let types: ReturnType<typeof createRegistry> | null = null;

self.onmessage = ({ data }: MessageEvent<EvaluatorStart | EvaluatorQuestion>) => {
  if ("apis" in data) {
    Promise.all(data.apis.map(loadAllTypes)).then(
      (registries) => {
        types = createRegistry(...registries);
        post({ kind: "ready" });
      },
      // The page hears of it by the worker's `error` event.
      (cause: unknown) =>
        setTimeout(() => {
          throw cause;
        }),
    );
    return;
  }
  const { id, expression, values } = data;
  post({ kind: "evaluation", id, evaluation: evaluate(expression, values, types ?? createRegistry()) });
};

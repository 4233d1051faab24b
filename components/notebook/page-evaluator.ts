import type { EvaluatorAnswer } from "../../lib/notebook/killable-evaluator.ts";
import { KillableEvaluator } from "../../lib/notebook/killable-evaluator.ts";
import type { EvaluatorStart } from "./worker/evaluator-worker.ts";

/** Works out CEL in a worker of the page. `apis`: ids of those whose types and enums expressions may name. */
export function createPageEvaluator(apis: readonly string[]): KillableEvaluator {
  return new KillableEvaluator(({ onMessage, onFailure }) => {
    const worker = new Worker(new URL("./worker/evaluator-worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<EvaluatorAnswer>) => onMessage(data);
    worker.onerror = (event) => {
      event.preventDefault();
      onFailure(event.message || "its worker could not be loaded");
    };
    const start: EvaluatorStart = { apis };
    worker.postMessage(start);
    return { post: (question) => worker.postMessage(question), terminate: () => worker.terminate() };
  });
}

import { Worker } from "node:worker_threads";
import { type EvaluatorAnswer, KillableEvaluator } from "../../lib/notebook/killable-evaluator.ts";

/** What an expression may take: enough for a reply of 16 MiB, taken apart. */
const MEMORY_MB = 512;

/**
 * Works out CEL in a thread of its own, which is ended after two seconds. `images` are the APIs' descriptors, as `generate` wrote
 * them. Close it: the thread keeps the process alive.
 */
export function startNotebookEvaluator(images: readonly Uint8Array[]): KillableEvaluator {
  return new KillableEvaluator(({ onMessage, onFailure }) => {
    const worker = new Worker(new URL("./notebook-evaluator.mjs", import.meta.url), {
      workerData: images,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    worker.on("message", (answer: EvaluatorAnswer) => onMessage(answer));
    worker.on("error", (error) => onFailure(error.message));
    return {
      post: (question) => worker.postMessage(question),
      terminate: () => {
        worker.removeAllListeners();
        worker.on("error", () => {});
        void worker.terminate();
      },
    };
  });
}

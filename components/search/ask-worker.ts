import type { SearchAnswer, SearchQuestion } from "./search-protocol.ts";

const waiting = new Map<number, (answer: SearchAnswer) => void>();
let worker: Worker | null = null;
let lastId = 0;

/** What the worker finds. Starts it with the first question; an empty one has it load the indexes, for what comes. */
export function ask(query: string): Promise<SearchAnswer> {
  worker ??= openWorker();
  const question: SearchQuestion = { id: ++lastId, query };
  worker.postMessage(question);
  return new Promise((resolve) => waiting.set(question.id, resolve));
}

function openWorker(): Worker {
  const opened = new Worker(new URL("./worker/search-worker.ts", import.meta.url), { type: "module" });
  opened.onmessage = ({ data }: MessageEvent<SearchAnswer>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  opened.onerror = (event) => {
    worker = null;
    for (const [id, answer] of waiting) {
      answer({
        kind: "problem",
        id,
        message: event.message || "the worker of the search could not be loaded",
      });
    }
    waiting.clear();
  };
  return opened;
}

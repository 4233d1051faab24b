/** The worker in which the palette's queries run: whatever the size of the API, typing waits for nothing. */
import { openIndexes, type Searcher } from "../../../lib/search/query.ts";
import type { SearchIndex } from "../../../lib/search/search-index.ts";
import type { SearchAnswer, SearchQuestion } from "../search-protocol.ts";

let searcher: Promise<Searcher> | null = null;

async function load(): Promise<Searcher> {
  const paths = (await read("/search/list.json")) as readonly string[];
  return openIndexes(await Promise.all(paths.map((path) => read(path) as Promise<SearchIndex>)));
}

async function read(path: string): Promise<unknown> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.json();
}

addEventListener("message", async ({ data }: MessageEvent<SearchQuestion>) => {
  const { id, query } = data;
  searcher ??= load();
  let answer: SearchAnswer;
  try {
    answer = { kind: "hits", id, hits: (await searcher).search(query) };
  } catch (cause) {
    // The next question tries again.
    searcher = null;
    answer = { kind: "problem", id, message: cause instanceof Error ? cause.message : String(cause) };
  }
  postMessage(answer);
});

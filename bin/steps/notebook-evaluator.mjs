// A thread that works out expressions. Node 20 does not pass the loader of TypeScript on to threads.
import { register } from "tsx/esm/api";

register();
await import("./notebook-evaluator-thread.ts");

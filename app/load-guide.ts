import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluate } from "@mdx-js/mdx";
import * as runtime from "react/jsx-runtime";

/** Compiles a guide of `content/guides/`, written by hand and trusted like code. Runs when the page is prerendered. */
export async function loadGuide(name: string) {
  const source = await readFile(join(process.cwd(), "content/guides", `${name}.mdx`), "utf8");
  return evaluate(source, { ...runtime, development: false });
}

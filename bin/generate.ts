import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generate } from "./steps/generate.ts";

const USAGE = `Usage: npm run generate -- [--force] [--check]
  --force   generate even where nothing has changed
  --check   write nothing; list the committed files that would change and exit with 1 if there are any`;

try {
  const { values } = parseArgs({
    options: {
      force: { type: "boolean" },
      check: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(USAGE);
  } else {
    const { force = false, check = false } = values;
    const root = fileURLToPath(new URL("..", import.meta.url));
    const { written, deleted } = await generate({ root, force, check, log: console.log });
    if (check && written.length + deleted.length > 0) {
      const lines = [
        ...written.map((path) => `  differs: ${path}`),
        ...deleted.map((path) => `  stale: ${path}`),
      ];
      console.error(`These files are not what the protos give. Run npm run generate.\n${lines.join("\n")}`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  const isUsage =
    error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  console.error(error instanceof Error ? error.message : error);
  if (isUsage) {
    console.error(USAGE);
  }
  process.exitCode = isUsage ? 2 : 1;
}

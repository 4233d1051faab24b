import type { NpmPackage } from "./npm.ts";
import type { ProjectFile } from "./snippet.ts";
import { PROTO_ROOT } from "./words.ts";

/** The last of Connect and of its generator that run on Node 20. */
export const CONNECT_VERSION = "2.1.2";

/** What every program of Connect needs, and what makes its classes from the protos. */
export const CONNECT_PACKAGES: readonly NpmPackage[] = [
  ["@connectrpc/connect", CONNECT_VERSION],
  ["@bufbuild/protobuf", "2.17.0"],
  ["@bufbuild/protoc-gen-es", "2.13.0"],
  ["@bufbuild/buf", "1.75.0"],
];

const PLUGIN = { local: "protoc-gen-es", out: "gen", opt: ["target=ts", "import_extension=js"] };
const TEMPLATE = { version: "v2", plugins: [PLUGIN] };

/** The command that makes the classes in a folder without a template of its own. */
export const GENERATE_ALONE = `npx buf generate ${PROTO_ROOT} --template '${JSON.stringify(TEMPLATE)}'`;

/** The command that makes them in a project with `BUF_TEMPLATE`. */
export const GENERATE = `npx buf generate ${PROTO_ROOT}`;

/** JSON is YAML. */
export const BUF_TEMPLATE: ProjectFile = {
  path: "buf.gen.yaml",
  content: `${JSON.stringify(TEMPLATE, null, 2)}\n`,
};

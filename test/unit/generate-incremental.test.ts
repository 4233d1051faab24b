import assert from "node:assert/strict";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { listFiles } from "../../bin/steps/file-set.ts";
import { generate } from "../../bin/steps/generate.ts";
import { CONFIG_FILE } from "../../bin/steps/load-config.ts";
import { largeFile, writeLargeApi } from "../support/large-api.ts";
import { ROOT } from "../support/pool-api.ts";

const OUTPUTS = ["content/reference", "public/schema", ".cache/api"];
const SIZE = { files: 4, methods: 4, messages: 20 } as const;

const CONFIG = {
  id: "large",
  path: "",
  title: "Large",
  protoRoot: "proto",
  groups: [{ title: "Service0 · Steps", methods: ["large.v1.Service0.Step1", "large.v1.Service0.Step0"] }],
};

/** A project with an API of several files, with what changes it and what generates it. */
function project(from?: string) {
  const root = mkdtempSync(join(tmpdir(), "playground-incremental-"));
  if (from === undefined) writeLargeApi(join(root, "proto"), SIZE);
  else cpSync(join(from, "proto"), join(root, "proto"), { recursive: true });
  if (from === undefined)
    writeFileSync(join(root, CONFIG_FILE), `export default ${JSON.stringify({ apis: [CONFIG] })};\n`);
  else cpSync(join(from, CONFIG_FILE), join(root, CONFIG_FILE));
  writeFileSync(join(root, "package.json"), '{"type": "module"}\n');
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  const edit = (path: string, change: (text: string) => string) => {
    const file = join(root, path);
    const before = readFileSync(file, "utf8");
    const after = change(before);
    assert.notEqual(after, before, `${path} is edited`);
    writeFileSync(file, after);
  };
  return { root, edit, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

type Project = ReturnType<typeof project>;

/** What is there after a run that knows no other. */
async function fromScratch({ root }: Project): Promise<Map<string, string>> {
  using other = project(root);
  await generate({ root: other.root });
  return outputs(other);
}

function outputs({ root }: Project): Map<string, string> {
  const paths = OUTPUTS.flatMap((folder) => listFiles(root, folder));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "latin1")]));
}

const file = (number: number) => `proto/${largeFile(number)}`;

const edits: readonly { readonly name: string; readonly edit: (project: Project) => void }[] = [
  {
    name: "a message's comment",
    edit: ({ edit }) =>
      edit(file(1), (text) => text.replace("// What step 3 of part 1", "// Now: what step 3 of part 1")),
  },
  {
    name: "a method's comment, which names another method",
    edit: ({ edit }) =>
      edit(file(0), (text) =>
        text.replace("// Does step 2 of", "// Like [large.v1.Service2.Step1][]. Does step 2 of"),
      ),
  },
  {
    name: "a field more",
    edit: ({ edit }) =>
      edit(file(2), (text) =>
        text.replace(
          "message Part2Message4 {",
          "message Part2Message4 {\n  // New.\n  Part2Message1 added = 90;",
        ),
      ),
  },
  {
    name: "a field's number and name",
    edit: ({ edit }) =>
      edit(file(3), (text) => text.replace("uint32 lifetime = 3;", "uint32 life_span = 33;")),
  },
  {
    name: "a message under another name, and its uses",
    edit: ({ edit }) => edit(file(1), (text) => text.replace(/\bPart1Message12\b/g, "Part1Renamed")),
  },
  {
    name: "a method less",
    edit: ({ edit }) => edit(file(2), (text) => text.replace(/ {2}rpc Step3\(.*\n/, "")),
  },
  {
    name: "a deprecated method",
    edit: ({ edit }) =>
      edit(file(0), (text) => text.replace(/( {2}rpc Step1\(.*\));/, "$1 { option deprecated = true; }")),
  },
  {
    name: "a type that a text named before it was there",
    edit: ({ edit }) =>
      edit(file(0), (text) => `${text.replace("// The item's key.", "// See [large.v1.Later][].")}\n`),
  },
  {
    name: "that type",
    edit: ({ root }) => appendFileSync(join(root, file(3)), "\n// Came later.\nmessage Later {}\n"),
  },
  {
    name: "a file more",
    edit: ({ root }) => {
      mkdirSync(join(root, "proto/large/v1"), { recursive: true });
      writeFileSync(
        join(root, "proto/large/v1/file_11.proto"),
        'syntax = "proto3";\npackage large.v1;\nimport "large/v1/file_0.proto";\nservice New { rpc Do(Part0Message0) returns (Part0Message1); }\n',
      );
    },
  },
  { name: "a file less", edit: ({ root }) => rmSync(join(root, "proto/large/v1/file_11.proto")) },
  {
    name: "an enum's values",
    edit: ({ edit }) =>
      edit(file(0), (text) => text.replace("PART_0_STATE_DONE = 2;", "PART_0_STATE_DONE = 3;")),
  },
  {
    name: "a generated page edited, another one deleted, and a stray one",
    edit: ({ root }) => {
      appendFileSync(join(root, "content/reference/large.v1.Service1/Step0.mdx"), "x");
      rmSync(join(root, "content/reference/messages/large.v1.Part0Message0.mdx"));
      rmSync(join(root, "public/schema/large.v1.Service3.Step2.json"));
      writeFileSync(join(root, "content/reference/messages/stray.mdx"), "x");
    },
  },
  {
    name: "another group in the config",
    edit: ({ edit }) => edit(CONFIG_FILE, (text) => text.replace("Service0 · Steps", "Service0 · First")),
  },
];

test("after each edit a run leaves the same bytes as one from scratch, and makes only what follows from the edit", async () => {
  using copy = project();
  const all = (await generate({ root: copy.root })).written.length;
  for (const { name, edit } of edits) {
    edit(copy);
    const { skipped, written } = await generate({ root: copy.root });
    assert.equal(skipped, false, name);
    assert.ok(written.length < all / 2, `${name}: ${written.length} of ${all} written`);
    const found = outputs(copy);
    const wanted = await fromScratch(copy);
    assert.deepEqual([...found.keys()], [...wanted.keys()], name);
    for (const [path, content] of wanted) assert.ok(found.get(path) === content, `${name}: ${path} differs`);
  }
});

test("a mistake between two runs leaves everything as it was, and the next run finds its way", async () => {
  using copy = project();
  await generate({ root: copy.root });
  const before = outputs(copy);
  copy.edit(file(1), (text) => text.replace("string item_name", "strung item_name"));
  await assert.rejects(generate({ root: copy.root }), /proto\/large\/v1\/file_1\.proto:\d+:\d+:.*strung/);
  assert.deepEqual(outputs(copy), before);
  copy.edit(file(1), (text) => text.replace("strung item_name", "string item_name"));
  assert.deepEqual((await generate({ root: copy.root })).written, []);
});

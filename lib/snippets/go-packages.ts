import type { DescFile } from "@bufbuild/protobuf";
import type { GoModule } from "../reference/api-config.ts";

/** The module that a snippet's folder is, and the folder in it with what the generators made of the protos. */
export const GO_MODULE = "snippet";
const GENERATED = `${GO_MODULE}/gen`;

const GRPC = "google.golang.org/grpc";
const PROTO = "google.golang.org/protobuf/proto";

/** Whether the code of a file is in one of the modules. */
export function isPublished(file: DescFile, modules: readonly GoModule[]): boolean {
  return moduleOf(packageOf(file)?.path ?? "", modules) !== undefined;
}

function moduleOf(path: string, modules: readonly GoModule[]): GoModule | undefined {
  return modules.find(({ module }) => path === module || path.startsWith(`${module}/`));
}

/** The packages that a program needs, by the name that it gives them. */
export class GoPackages {
  /** By import path. */
  readonly #names = new Map<string, string>();
  readonly #modules: readonly GoModule[];
  #usesHex = false;

  /** `modules`: where the API's code is published; none: it is generated beside the program. */
  constructor(modules: readonly GoModule[]) {
    this.#modules = modules;
  }

  /** The name of the package with a file's types. */
  nameOf(file: DescFile): string {
    const path = file.proto.name.replace(/\.proto$/, "");
    const isBuiltIn = path.startsWith("google/protobuf/");
    const own = packageOf(file);
    // What a published file imports is published too, be it in a module that is not named.
    return own !== null && (isBuiltIn || this.#modules.length > 0)
      ? this.use(own.path, own.name)
      : this.use(`${GENERATED}/${path}`, `${goName(path.slice(path.lastIndexOf("/") + 1))}pb`);
  }

  /** The name of package proto, whose functions make pointers. */
  proto(): string {
    return this.use(PROTO);
  }

  /** The name of the program's own function that makes bytes of hex. */
  fromHex(): string {
    this.use("encoding/hex");
    this.#usesHex = true;
    return "fromHex";
  }

  /** Whether the program needs that function. */
  get usesHex(): boolean {
    return this.#usesHex;
  }

  /** The name of grpc's package at a path below its own, such as `/metadata`. */
  grpc(path: string): string {
    return this.use(`${GRPC}${path}`);
  }

  /** The name of a package, imported. */
  use(path: string, name = lastPart(path)): string {
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const taken = new Set(this.#names.values());
    let own = TAKEN.has(name) && !ALWAYS.has(path) ? `${name}pb` : name;
    for (let number = 2; taken.has(own); number++) own = `${name}${number}`;
    this.#names.set(path, own);
    return own;
  }

  /** The packages of an import statement, in gofmt's order: Go's own, then all others. */
  imports(): { readonly builtIn: readonly string[]; readonly others: readonly string[] } {
    const all = [...this.#names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, name]) => ({
        line: name === lastPart(path) ? `"${path}"` : `${name} "${path}"`,
        isBuiltIn: !/^[^/]*\./.test(path) && !path.startsWith(`${GO_MODULE}/`),
      }));
    return {
      builtIn: all.filter(({ isBuiltIn }) => isBuiltIn).map(({ line }) => line),
      others: all.filter(({ isBuiltIn }) => !isBuiltIn).map(({ line }) => line),
    };
  }

  /** The published modules that they are in, in the configuration's order. */
  modules(): readonly GoModule[] {
    const used = new Set([...this.#names.keys()].map((path) => moduleOf(path, this.#modules)));
    return this.#modules.filter((module) => used.has(module));
  }
}

/** The package that a file says its code is in. */
function packageOf({ proto }: DescFile): { readonly path: string; readonly name: string } | null {
  const [path = "", name = goName(lastPart(path))] = (proto.options?.goPackage ?? "").split(";");
  return path === "" ? null : { path, name };
}

/** As protoc-gen-go makes a package's name of a word. */
function goName(word: string): string {
  const name = word.replace(/[^\p{L}\p{Nd}]/gu, "_");
  return /^\p{L}/u.test(name) && !KEYWORDS.has(name) ? name : `_${name}`;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const KEYWORDS = new Set(
  (
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package " +
    "range return select struct switch type var"
  ).split(" "),
);

/** Packages of every program: their names are theirs. */
const ALWAYS = new Set([
  ...["context", "encoding/hex", "errors", "fmt", "io", "math", "os", "path/filepath", "time", PROTO],
  ...["", "/credentials", "/metadata", "/status"].map((path) => `${GRPC}${path}`),
  "google.golang.org/protobuf/encoding/protojson",
]);

/** Names that mean something else in a program. */
const TAKEN = new Set([
  ...[...ALWAYS].map(lastPart),
  ..."bool byte error false float32 float64 int32 int64 main nil panic string true uint32 uint64".split(" "),
  ..."call cancel client conn creds ctx data err fromHex home macaroon message messages reply request".split(
    " ",
  ),
  ..."run show stream text".split(" "),
]);

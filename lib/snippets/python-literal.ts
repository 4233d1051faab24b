import type { DescFile } from "@bufbuild/protobuf";
import { assertNever } from "../call/assert-never.ts";
import { layOut } from "./lay-out.ts";
import type { EnumLiteral, Instead, Literal, MessageLiteral } from "./literal.ts";
import { isPythonName, pythonBytes, pythonQuote } from "./python-quote.ts";
import { namesWithin } from "./type-name.ts";

/** The generated modules that a program needs, by the name that it gives them. */
export class PythonModules {
  readonly #names = new Map<string, string>();

  /** The name of a file's messages in the program. */
  nameOf(file: DescFile): string {
    const path = file.proto.name.replace(/\.proto$/, "").replaceAll("-", "_");
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const short = `${path.slice(path.lastIndexOf("/") + 1)}_pb2`;
    const name = [...this.#names.values()].includes(short) ? `${path.replaceAll("/", "_")}_pb2` : short;
    this.#names.set(path, name);
    return name;
  }

  /** Import statements, sorted: those of protobuf's own files first. */
  imports(): { readonly builtIn: readonly string[]; readonly own: readonly string[] } {
    const all = [...this.#names].map(([path, name]) => pythonImport(path, "_pb2", name)).sort();
    const isBuiltIn = (line: string) => line.startsWith("from google.protobuf ");
    return { builtIn: all.filter(isBuiltIn), own: all.filter((line) => !isBuiltIn(line)) };
  }
}

/** `from poolrpc import trader_pb2` */
export function pythonImport(path: string, ending: string, name?: string): string {
  const at = path.lastIndexOf("/");
  const module = `${path.slice(at + 1)}${ending}`;
  const as = name === undefined || name === module ? "" : ` as ${name}`;
  return at === -1
    ? `import ${module}${as}`
    : `from ${path.slice(0, at).replaceAll("/", ".")} import ${module}${as}`;
}

/** An expression of the value. `instead`: what is written in the place of literals within it. */
export function pythonLiteral(value: Literal, modules: PythonModules, instead?: Instead): string {
  const inner = (each: Literal) => pythonLiteral(each, modules, instead);
  const other = instead?.get(value);
  if (other !== undefined) return other;
  switch (value.kind) {
    case "message":
      return messageText(value, modules, inner);
    case "list":
      return layOut("[", value.items.map(inner), "]");
    case "map":
      return layOut(
        "{",
        value.entries.map(([key, item]) => `${inner(key)}: ${inner(item)}`),
        "}",
      );
    case "enum":
      return enumText(value, modules);
    case "integer":
      return String(value.value);
    case "real":
      return pythonNumber(value.value);
    case "flag":
      return value.value ? "True" : "False";
    case "text":
      return pythonQuote(value.value);
    case "bytes":
      return pythonBytes(value.value);
    default:
      return assertNever(value);
  }
}

function messageText(
  { type, fields }: MessageLiteral,
  modules: PythonModules,
  inner: (value: Literal) => string,
): string {
  const plain: string[] = [];
  const named: string[] = [];
  for (const { field, value } of fields) {
    const text = inner(value);
    // A group's field has the name of its type in lower case.
    if (isPythonName(field.name)) plain.push(`${field.name}=${text}`);
    else named.push(`${pythonQuote(field.name)}: ${text}`);
  }
  const parts = named.length === 0 ? plain : [...plain, layOut("**{", named, "}")];
  return layOut(`${attributes(modules.nameOf(type.file), namesWithin(type))}(`, parts, ")");
}

/** Values of an enum stand beside it: in the module, or in the message that declares it. */
function enumText({ type, number, name }: EnumLiteral, modules: PythonModules): string {
  if (name === null) return String(number);
  return attributes(modules.nameOf(type.file), [...namesWithin(type).slice(0, -1), name]);
}

/** `a.b.c`, by way of getattr where Python has another meaning for a name. */
export function attributes(object: string, names: readonly string[]): string {
  return names.reduce(
    (text, name) => (isPythonName(name) ? `${text}.${name}` : `getattr(${text}, ${pythonQuote(name)})`),
    object,
  );
}

/** A float of Python. */
export function pythonNumber(value: number): string {
  if (!Number.isFinite(value)) return `float("${Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf"}")`;
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

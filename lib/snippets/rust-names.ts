import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";

const RAW = new Set(
  (
    "as break const continue else enum false fn for if impl in let loop match mod move mut pub ref return static struct " +
    "trait true type unsafe use where while dyn abstract become box do final macro override priv typeof unsized virtual " +
    "yield async await try gen"
  ).split(" "),
);
const NEVER_RAW = new Set(["_", "super", "self", "Self", "extern", "crate"]);

/** A name that Rust takes, as prost makes it. */
function sanitized(name: string): string {
  if (RAW.has(name)) return `r#${name}`;
  if (NEVER_RAW.has(name)) return `${name}_`;
  return /^\p{N}/u.test(name) ? `_${name}` : name;
}

/** Words of a name: they begin where small letters become capital, and with the last of many capitals (`HTTPServer`). */
function words(name: string): string[] {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((part) =>
      part
        .replace(/(\p{Ll}\p{N}*)(?=\p{Lu})/gu, "$1_")
        .replace(/(\p{Lu}\p{N}*)(?=\p{Lu}\p{Ll})/gu, "$1_")
        .split("_"),
    )
    .filter((word) => word !== "");
}

/** A field, method or module. */
export function rustSnake(name: string): string {
  return sanitized(
    words(name)
      .map((word) => word.toLowerCase())
      .join("_"),
  );
}

/** A type or a variant. */
export function rustCamel(name: string): string {
  return sanitized(plainCamel(name));
}

function plainCamel(name: string): string {
  return words(name)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase())
    .join("");
}

/** The module of a service's client, below that of its package; the client's type in it ends with Client too. */
export function rustClientModule(service: string): string {
  return `${rustCamel(service)
    .replace(/(?<=.)(?=\p{Lu})/gu, "_")
    .toLowerCase()}_client`;
}

/** Modules of a package, from the outermost. */
export function packageModules(proto: { readonly package: string }): readonly string[] {
  return proto.package === "" ? [] : proto.package.split(".").map(rustSnake);
}

/** A type's place below its package: modules of the messages around it, and its name. */
export function typeWithin(type: DescMessage | DescEnum): readonly string[] {
  return [...modulesWithin(type.parent), rustCamel(type.name)];
}

function modulesWithin(type: DescMessage | undefined): readonly string[] {
  return type === undefined ? [] : [...modulesWithin(type.parent), rustSnake(type.name)];
}

/** The enum that a oneof is, below the package. */
export function oneofWithin(message: DescMessage, oneof: string): readonly string[] {
  const name = rustCamel(oneof);
  const nested = [...message.nestedMessages, ...message.nestedEnums].map((each) => rustCamel(each.name));
  return [...modulesWithin(message), nested.includes(name) ? `${name}OneOf` : name];
}

/** The variant of an enum's number: the first of its names, without the enum's own before it. */
export function variantName(type: DescEnum, number: number): string {
  const name = rustCamel(type.values.find((value) => value.number === number)?.name ?? "");
  const prefix = rustCamel(type.name);
  const rest = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return sanitized(/^\p{Lu}/u.test(rest) ? rest : name);
}

/** Whether prost puts a field's message into a `Box`: where the message would hold itself. */
export function isBoxed(field: DescField): boolean {
  return field.fieldKind === "message" && reaches(field.message, field.parent, new Set());
}

function reaches(from: DescMessage, to: DescMessage, seen: Set<DescMessage>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return from.fields.some(
    (field) => field.fieldKind === "message" && !field.delimitedEncoding && reaches(field.message, to, seen),
  );
}

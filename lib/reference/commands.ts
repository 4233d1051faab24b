import type { DescField, DescMessage, FileRegistry } from "@bufbuild/protobuf";
import { findMethod } from "../schema/registry.ts";
import {
  type Command,
  type CommandArgument,
  type CommandFlag,
  type CommandGroup,
  FLAG_MEANINGS,
  type FlagMeaning,
} from "./command.ts";
import { type YamlFields, yamlFields } from "./yaml-fields.ts";
import { parseYamlSource } from "./yaml-source.ts";

const COMMAND_KEYS = [
  "name",
  "alias",
  "method",
  "also",
  "first",
  "summary",
  "arguments",
  "flags",
  "sets",
  "install",
  "notes",
  "example",
];
const INNER_KEYS = {
  commands: COMMAND_KEYS,
  arguments: ["name", "type", "unit", "fields", "without", "about"],
  flags: [
    "name",
    "alias",
    "type",
    "unit",
    "required",
    "default",
    "env",
    "fields",
    "as",
    "values",
    "scale",
    "with",
    "same",
    "about",
  ],
  values: ["word", "value"],
  sets: ["field", "value", "with"],
};

/**
 * The commands of a client program, in the file's order; the first is the program itself. `file` is its path, for errors.
 * Throws a SourceError where it names a method or a field that the registry does not have, a command twice, or one
 * below a group that is not there.
 */
export function readCommands(yaml: string, file: string, registry: FileRegistry): CommandGroup {
  const source = parseYamlSource(yaml, file);
  const top = yamlFields(source.document.contents, ["program", "commands"], source, INNER_KEYS);
  const program = top.needText("program");
  const names = new Set<string>();
  const commands = top.maps("commands").map((fields) => {
    const command = readCommand(fields, program, registry);
    const parent = command.name.slice(0, Math.max(command.name.lastIndexOf(" "), 0));
    if (names.has(command.name)) fields.fail("name", `${command.name} is there twice`);
    if (parent !== "" && !names.has(parent)) {
      fields.fail("name", `${command.name} is below ${parent}, which does not come before it`);
    }
    names.add(command.name);
    return command;
  });
  return { program, commands };
}

function readCommand(fields: YamlFields, program: string, registry: FileRegistry): Command {
  const name = `${program} ${fields.text("name") ?? ""}`.trim();
  const method = methodOf(fields, "method", registry);
  const input = method === null ? null : (findMethod(registry, method)?.input ?? null);
  const flags = fields.maps("flags").map((flag) => readFlag(flag, input));
  return {
    name,
    alias: fields.text("alias"),
    summary: fields.needText("summary"),
    method,
    also: fields.texts("also").map((also) => checkMethod(also, fields, "also", registry)),
    first: methodOf(fields, "first", registry),
    arguments: fields.items("arguments").map((item) => readArgument(item, flags, input, fields)),
    flags,
    sets: fields.maps("sets").map((item) => ({
      field: checkField(item.needText("field"), input, item, "field"),
      value: item.needText("value"),
      with: item.text("with"),
    })),
    install: fields.texts("install"),
    notes: fields.texts("notes"),
    example: fields.text("example"),
  };
}

function readFlag(fields: YamlFields, input: DescMessage | null): CommandFlag {
  return {
    name: fields.needText("name"),
    alias: fields.text("alias"),
    type: fields.needText("type"),
    unit: fields.text("unit"),
    required: fields.flag("required"),
    default: fields.text("default"),
    env: fields.text("env"),
    fields: fields.texts("fields").map((path) => checkField(path, input, fields, "fields")),
    as: meaningOf(fields),
    values: fields
      .maps("values")
      .map((item) => ({ word: item.needText("word"), value: item.needText("value") })),
    scale: fields.text("scale"),
    with: fields.text("with"),
    same: fields.text("same"),
    about: fields.needText("about"),
  };
}

function meaningOf(fields: YamlFields): FlagMeaning | null {
  const text = fields.text("as");
  if (text === null) return null;
  const known = FLAG_MEANINGS.find((meaning) => meaning === text);
  return known ?? fields.fail("as", `${text} is none of ${FLAG_MEANINGS.join(", ")}`);
}

/** An argument that has a flag of its name stands for the flag, and needs no more than the name. */
function readArgument(
  item: YamlFields | string,
  flags: readonly CommandFlag[],
  input: DescMessage | null,
  command: YamlFields,
): CommandArgument {
  if (typeof item !== "string") {
    return {
      name: item.needText("name"),
      flag: null,
      type: item.needText("type"),
      unit: item.text("unit"),
      fields: item.texts("fields").map((path) => checkField(path, input, item, "fields")),
      without: item.text("without"),
      about: item.needText("about"),
    };
  }
  const flag = flags.find(({ name }) => name === item);
  if (flag === undefined) {
    return command.fail("arguments", `${item} has no flag of that name: say its type and what it is about`);
  }
  const { name, type, unit, fields, about } = flag;
  return { name, flag: name, type, unit, fields, without: null, about };
}

function methodOf(fields: YamlFields, key: string, registry: FileRegistry): string | null {
  const name = fields.text(key);
  return name === null ? null : checkMethod(name, fields, key, registry);
}

function checkMethod(name: string, fields: YamlFields, key: string, registry: FileRegistry): string {
  return findMethod(registry, name) === undefined ? fields.fail(key, `${name} is no method`) : name;
}

/** A path of field names below a request, through messages and lists of them. */
function checkField(path: string, input: DescMessage | null, fields: YamlFields, key: string): string {
  let message: DescMessage | null | undefined = input;
  for (const name of path.split(".")) {
    const field: DescField | undefined = message?.fields.find((each) => each.name === name);
    if (field === undefined) {
      return fields.fail(key, `${path} is no field of ${input?.typeName ?? "a request: it has no method"}`);
    }
    message = field.message;
  }
  return path;
}

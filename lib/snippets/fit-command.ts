import type { DescMessage } from "@bufbuild/protobuf";
import type { Command, CommandFlag } from "../reference/command.ts";
import { toHex } from "../schema/bytes-text.ts";
import type { Literal, MessageLiteral } from "./literal.ts";
import { shellQuote } from "./shell-quote.ts";

/** Flags and arguments of a command that make it send a message, or why there are none. */
export type CommandFit =
  | { readonly kind: "words"; readonly words: readonly string[]; readonly notes: readonly string[] }
  /** A sentence or two. */
  | { readonly kind: "none"; readonly reason: string };

class Misfit extends Error {}

/** What the command has to be told to send the message. Fields that it always sets itself are told of in a note. */
export function fitCommand(command: Command, message: MessageLiteral): CommandFit {
  try {
    return { kind: "words", ...fit(asItIsRead(command, message), message) };
  } catch (cause) {
    if (cause instanceof Misfit) return { kind: "none", reason: cause.message };
    throw cause;
  }
}

/** The command with those of its flags and arguments that count for the message: some do with another flag alone, or without it. */
function asItIsRead(command: Command, message: MessageLiteral): Command {
  const isOn = (name: string) => {
    const path = command.flags.find((flag) => flag.name === name)?.fields[0];
    const value = path === undefined ? null : valueAt(message, path);
    return value?.kind === "flag" && value.value;
  };
  const counts = (each: { readonly with: string | null }) => each.with === null || isOn(each.with);
  return {
    ...command,
    flags: command.flags.filter(counts),
    sets: command.sets.filter(counts),
    arguments: command.arguments.filter(({ without }) => without === null || !isOn(without)),
  };
}

function fit(command: Command, message: MessageLiteral): { words: string[]; notes: string[] } {
  const words: string[] = [];
  const said = new Set<string>(command.sets.map(({ field }) => field));
  for (const flag of command.flags) {
    const [path, ...others] = flag.fields;
    if (path === undefined) continue;
    if (others.length > 0) throw new Misfit(`--${flag.name} sets several fields at once.`);
    said.add(path);
    words.push(...flagWords(flag, path, message, command));
  }
  for (const argument of command.arguments) {
    const [path] = argument.fields;
    if (argument.flag !== null || path === undefined || said.has(path)) continue;
    said.add(path);
    const value = valueAt(message, path);
    if (value === null)
      throw new Misfit(`It always asks for ${argument.name}, and the request has no ${path}.`);
    const [word = "", ...more] = texts(value, path);
    if (more.length > 0 || /^-|^$/.test(word)) throw new Misfit(`This ${path} can't be an argument.`);
    words.push(quoted(word, path));
  }
  for (const flag of command.flags) mustBeSame(flag, command, message);
  const left = leaves(message, "").filter((path) => !said.has(path));
  if (left.length > 0) throw new Misfit(`It has no flag for ${[...new Set(left)].join(", ")}.`);
  return { words, notes: notesOf(command, message) };
}

/** Some flags are refused unless another has the same value. */
function mustBeSame(flag: CommandFlag, command: Command, message: MessageLiteral): void {
  const other = command.flags.find(({ name }) => name === flag.same);
  if (other === undefined) return;
  const [own, its] = [flag, other].map((each) => {
    const value = valueAt(message, each.fields[0] ?? "");
    return value?.kind === "integer" ? value.value * BigInt(each.scale ?? "1") : 0n;
  });
  if (own !== its) throw new Misfit(`--${flag.name} has to be the same as --${other.name}.`);
}

function notesOf(command: Command, message: MessageLiteral): string[] {
  const sets = command.sets.filter(({ field, value }) => {
    const own = valueAt(message, field);
    const isSame = own !== null && texts(own, field).join() === value;
    // A text is a name that the client gives itself; anything else changes what is asked for.
    if (!isSame && own?.kind !== "text" && field.includes(".")) {
      throw new Misfit(`It always sends ${value} as ${field}.`);
    }
    return !isSame;
  });
  const asks =
    command.first !== null &&
    command.flags.find(({ name, fields }) => name === "force" && fields.length === 0);
  return [
    ...sets.map(({ field, value }) => `The command always sends ${value} as ${field}.`),
    ...(asks ? [`It shows what it will do and waits for an answer. --${asks.name} spares both.`] : []),
  ];
}

/** The flag with its value where one is needed; nothing where the command sends the same without it. */
function flagWords(flag: CommandFlag, path: string, message: MessageLiteral, command: Command): string[] {
  const value = valueAt(message, path);
  const name = `--${flag.name}`;
  if (flag.as === "own") {
    throw new Misfit(
      `It takes ${path} in another form than the request (${name}), which is not converted here.`,
    );
  }
  if (flag.as === "opposite") return value === null ? [name] : [];
  if (value === null) {
    if (flag.as === "always" || flag.as === "premium") throw new Misfit(`It always sends ${path}.`);
    if (flag.default === null && flag.scale === null && !flag.required) return [];
    if (hasSibling(message, path)) return [];
    if (flag.type === "bool") return [`${name}=false`];
    const parent = path.slice(0, Math.max(path.lastIndexOf("."), 0));
    const isThere = parent === "" || valueAt(message, parent) !== null;
    if (!isThere || inOneof(message, path) || flag.scale !== null)
      throw new Misfit(`It always sends ${path}.`);
    if (flag.values.length > 0) return isZeroDefault(flag, message.type, path) ? [] : always(path);
    return flag.type === "uint64" ? [`${name} 0`] : always(path);
  }
  if (flag.type === "bool") {
    if (value.kind !== "flag" || !value.value) return always(path);
    return flag.default === "true" ? [] : [name];
  }
  const all = wordsOf(flag, value, path, message, command);
  if (flag.type !== "string list" && all.length !== 1) throw new Misfit(`${name} takes one value only.`);
  return all.map((text) => `${name} ${quoted(text, path)}`);
}

function wordsOf(
  flag: CommandFlag,
  value: Literal,
  path: string,
  message: MessageLiteral,
  command: Command,
): string[] {
  if (flag.as === "premium") return [premiumText(value, path, message, command)];
  if (flag.as === "rate" || flag.as === "plain-rate") return [rateText(value, flag.as === "rate", path)];
  if (flag.scale !== null && value.kind === "integer") return [String(value.value * BigInt(flag.scale))];
  if (flag.values.length === 0) return texts(value, path);
  const word =
    value.kind === "enum" ? flag.values.find((each) => each.value === value.name)?.word : undefined;
  return word === undefined ? always(path) : [word];
}

/** The percentage in the middle of those that come out as this rate: the command rounds down, and reckons in floating point. */
function premiumText(value: Literal, path: string, message: MessageLiteral, command: Command): string {
  const blocks = command.flags.find(({ unit, fields }) => unit === "blocks" && fields.length === 1);
  const time = blocks === undefined ? null : valueAt(message, blocks.fields[0] ?? "");
  if (value.kind !== "integer" || time?.kind !== "integer") {
    throw new Misfit(`It takes ${path} as a percentage of the whole time, which the request does not say.`);
  }
  // Of 20,000,000ths: percent in billionths, times two for the middle.
  const digits = ((2n * value.value + 1n) * time.value * 5n).toString().padStart(9, "0");
  return `${digits.slice(0, -8)}.${digits.slice(-8)}`.replace(/0+$/, "").replace(/\.$/, "");
}

/** Whether what is taken without the flag is the value that is not written on the wire. */
function isZeroDefault(flag: CommandFlag, type: DescMessage, path: string): boolean {
  const [name, ...inner] = path.split(".");
  const field = type.fields.find((each) => each.name === name);
  if (inner.length > 0)
    return field?.message !== undefined && isZeroDefault(flag, field.message, inner.join("."));
  const value = flag.values.find(({ word }) => word === flag.default)?.value;
  return value !== undefined && field?.enum?.value[0]?.name === value;
}

function always(path: string): never {
  throw new Misfit(`It can't leave ${path} out, and can't send it as it is in the request.`);
}

/** Whole sat/vbyte of a rate in sat/kw. The smallest that is relayed, 253, stands for 1. */
function rateText(value: Literal, raised: boolean, path: string): string {
  const rate = value.kind === "integer" ? value.value : 0n;
  if (raised && rate === 253n) return "1";
  if (rate % 250n !== 0n || (raised && rate === 250n)) {
    throw new Misfit(`It takes whole sat/vbyte, and ${path} is ${rate} sat/kw, which lies between.`);
  }
  return String(rate / 250n);
}

function texts(value: Literal, path: string): string[] {
  switch (value.kind) {
    case "list":
      return value.items.flatMap((item) => texts(item, path));
    case "integer":
    case "flag":
      return [String(value.value)];
    case "text":
      return [value.value];
    case "bytes":
      return [toHex(value.value)];
    case "enum":
      return [String(value.number)];
    case "message":
    case "map":
    case "real":
      throw new Misfit(`${path} can't be written in a flag.`);
  }
}

function quoted(text: string, path: string): string {
  if (text.includes("\0")) throw new Misfit(`${path} holds a NUL, which no argument can.`);
  return shellQuote(text);
}

/** The value at a path of field names, through messages and lists of one message; null where it is not set. */
function valueAt(message: MessageLiteral, path: string): Literal | null {
  const [name, ...inner] = path.split(".");
  const value = message.fields.find(({ field }) => field.name === name)?.value ?? null;
  if (inner.length === 0 || value === null) return value;
  const [only, ...more] = value.kind === "list" ? value.items : [value];
  if (more.length > 0) throw new Misfit(`It takes one of ${name} only.`);
  return only?.kind === "message" ? valueAt(only, inner.join(".")) : null;
}

/** Whether another field of the same oneof is set. */
function hasSibling(message: MessageLiteral, path: string): boolean {
  const oneof = message.type.fields.find(({ name }) => name === path)?.oneof;
  return oneof !== undefined && message.fields.some(({ field }) => field.oneof === oneof);
}

function inOneof(message: MessageLiteral, path: string): boolean {
  return message.type.fields.find(({ name }) => name === path)?.oneof !== undefined;
}

/** The paths of everything that is set. */
function leaves(message: MessageLiteral, prefix: string): string[] {
  return message.fields.flatMap(({ field, value }) => {
    const path = prefix + field.name;
    const messages = (value.kind === "list" ? value.items : [value]).filter(
      (each) => each.kind === "message",
    );
    if (messages.length === 0) return [path];
    const inner = messages.flatMap((each) => leaves(each, `${path}.`));
    return inner.length === 0 ? [path] : inner;
  });
}

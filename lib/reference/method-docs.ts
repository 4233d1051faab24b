import type { StreamKind } from "../call/call.ts";
import type { MethodSafety } from "../call/safety.ts";
import type { GoModule } from "./api-config.ts";
import type { Command } from "./command.ts";
import type { Doc, Enum, Field, FieldType, HttpBinding, Message, Method, Reference } from "./reference.ts";

/**
 * What the editor says about one method: docs and types of everything its request and reply can hold. Written as
 * `public/schema/<method>.json` beside the method's slice. Types outside the documented files are not in it.
 */
export interface MethodDocs {
  /** The id of its API, all types of which are in `public/schema/types-<id>.binpb`. */
  readonly api: string;
  /** Published Go modules with the API's code; left out where there are none. */
  readonly goModules?: readonly GoModule[];
  readonly method: {
    /** `poolrpc.Trader.GetInfo` */
    readonly name: string;
    readonly doc: Doc;
    readonly stream: StreamKind;
    readonly access: "read" | "write";
    readonly permissions: readonly string[] | null;
    readonly safety: MethodSafety;
    /** Full names of the request and reply messages. */
    readonly input: string;
    readonly output: string;
    readonly http: readonly HttpBinding[];
    readonly cli: MethodCommands | null;
  };
  /** By full name. */
  readonly messages: Readonly<Record<string, MessageDocs>>;
  readonly enums: Readonly<Record<string, EnumDocs>>;
}

export interface MessageDocs {
  readonly doc: Doc;
  readonly deprecated: boolean;
  /** Short names of the fields that a daemon crashes without. */
  readonly needed: readonly string[];
  /** By short name (snake_case), in the order of the proto file. */
  readonly fields: Readonly<Record<string, FieldDocs>>;
  /** By short name. */
  readonly oneofs: Readonly<Record<string, { readonly doc: Doc; readonly fields: readonly string[] }>>;
}

export interface FieldDocs extends Doc {
  readonly jsonName: string;
  readonly number: number;
  readonly type: FieldType;
  readonly cardinality: Field["cardinality"];
  /** Short name of the oneof it is in, or null. */
  readonly oneof: string | null;
  readonly deprecated: boolean;
}

export interface EnumDocs {
  readonly doc: Doc;
  /** By short name, in the order of the proto file. */
  readonly values: Readonly<Record<string, ValueDocs>>;
}

export interface ValueDocs extends Doc {
  readonly number: number;
  readonly deprecated: boolean;
}

/** How a method is called from a command line: the program's own flags, and the commands that call the method. */
export interface MethodCommands {
  readonly program: Command;
  readonly commands: readonly Command[];
}

/** The commands that call a method; null where none does. */
export function commandsOf(reference: Pick<Reference, "commands">, method: string): MethodCommands | null {
  const { commands = [] } = reference.commands ?? {};
  const [program] = commands;
  const calling = commands.filter((command) => command.method === method);
  return program === undefined || calling.length === 0 ? null : { program, commands: calling };
}

/** The docs of one method. Throws where the reference has no such method. */
export function methodDocs(reference: Reference, fullName: string): MethodDocs {
  return indexMethodDocs(reference)(fullName);
}

/** The same for many methods: what they share is looked up once. */
export function indexMethodDocs(reference: Reference): (fullName: string) => MethodDocs {
  const methods = new Map(
    reference.services.flatMap((service) => service.methods.map((method) => [method.name, method] as const)),
  );
  const messageByName = new Map(
    reference.messages.filter(({ builtIn }) => builtIn !== true).map((message) => [message.name, message]),
  );
  const enumByName = new Map(
    reference.enums
      .filter(({ builtIn }) => builtIn !== true)
      .map((enumeration) => [enumeration.name, enumeration]),
  );
  return (fullName) => {
    const method = methods.get(fullName);
    if (method === undefined) throw new Error(`the reference has no method ${fullName}`);
    return docsOf(reference, method, messageByName, enumByName);
  };
}

function docsOf(
  reference: Reference,
  method: Method,
  messageByName: ReadonlyMap<string, Message>,
  enumByName: ReadonlyMap<string, Enum>,
): MethodDocs {
  const messages = new Map<string, MessageDocs>();
  const enums = new Map<string, EnumDocs>();

  const queue = [method.input, method.output];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const message = messageByName.get(name);
    if (message !== undefined && !messages.has(name)) {
      messages.set(name, {
        doc: message.doc,
        deprecated: message.deprecated,
        needed: message.needed,
        fields: Object.fromEntries(
          message.fields.map(({ shortName, doc, jsonName, number, type, cardinality, oneof, deprecated }) => [
            shortName,
            { ...doc, jsonName, number, type, cardinality, oneof, deprecated },
          ]),
        ),
        oneofs: Object.fromEntries(
          message.oneofs.map(({ name, doc, fields }) => [lastPart(name), { doc, fields }]),
        ),
      });
      queue.push(...message.fields.flatMap((field) => namedTypes(field.type)));
    }
    const enumeration = enumByName.get(name);
    if (enumeration !== undefined && !enums.has(name)) {
      enums.set(name, {
        doc: enumeration.doc,
        values: Object.fromEntries(
          enumeration.values.map(({ shortName, doc, number, deprecated }) => [
            shortName,
            { ...doc, number, deprecated },
          ]),
        ),
      });
    }
  }
  const { name, doc, stream, access, permissions, safety, input, output, http } = method;
  const cli = commandsOf(reference, name);
  return {
    api: reference.api.id,
    ...(reference.api.goModules === undefined ? {} : { goModules: reference.api.goModules }),
    method: { name, doc, stream, access, permissions, safety, input, output, http, cli },
    messages: sortedByKey(messages),
    enums: sortedByKey(enums),
  };
}

/** Full names of the messages and enums that a type mentions. */
export function namedTypes(type: FieldType): string[] {
  switch (type.kind) {
    case "scalar":
      return [];
    case "message":
    case "enum":
      return [type.name];
    case "map":
      return namedTypes(type.value);
  }
}

function lastPart(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf(".") + 1);
}

function sortedByKey<T>(entries: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

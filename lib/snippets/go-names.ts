import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";

/** A name of a proto file as protoc-gen-go writes it; dots of nested types become underscores. */
export function goCamelCase(name: string): string {
  let text = "";
  for (let at = 0; at < name.length; at++) {
    const [letter, next, before] = [name[at] ?? "", name[at + 1] ?? "", name[at - 1]];
    if (letter === ".") text += isLower(next) ? "" : "_";
    else if (letter === "_" && (at === 0 || before === ".")) text += "X";
    else if (letter === "_" && isLower(next)) continue;
    else if (/[0-9]/.test(letter)) text += letter;
    else {
      text += isLower(letter) ? letter.toUpperCase() : letter;
      while (isLower(name[at + 1] ?? "")) text += name[++at];
    }
  }
  return text;
}

function isLower(letter: string): boolean {
  return /^[a-z]$/.test(letter);
}

/** The type's name in its package: `Order`, `OrderReject_OrderRejectReason`. */
export function goTypeName(type: DescMessage | DescEnum): string {
  const { package: scope } = type.file.proto;
  return goCamelCase(scope === "" ? type.typeName : type.typeName.slice(scope.length + 1));
}

/** The constant of an enum's value: it is named after the enum, or after the message that declares the enum. */
export function goValueName(type: DescEnum, name: string): string {
  return `${goTypeName(type.parent ?? type)}_${name}`;
}

/** What protoc-gen-go calls the fields of a message. */
export interface GoFieldNames {
  /** Of the struct; of a field in a oneof, that of the wrapper type's only field. */
  readonly field: ReadonlyMap<DescField, string>;
  /** Of the struct's fields for oneofs, by the oneof's own name. */
  readonly oneof: ReadonlyMap<string, string>;
  /** Types that wrap the fields of oneofs. */
  readonly wrapper: ReadonlyMap<DescField, string>;
}

/** Methods that a message of Go has or had. */
const METHODS =
  "Reset String ProtoMessage Marshal Unmarshal ExtensionRangeArray ExtensionMap Descriptor".split(" ");

/** The names, told apart in the order of the proto file, as the generator does it. */
export function goFieldNames(message: DescMessage): GoFieldNames {
  const used = new Map(METHODS.map((name) => [name, true]));
  const unique = (name: string, hasGetter: boolean): string => {
    let own = name;
    while (used.get(own) === true || (hasGetter && used.get(`Get${own}`) === true)) own += "_";
    used.set(own, true).set(`Get${own}`, hasGetter);
    return own;
  };
  const [field, oneof, wrapper] = [
    new Map<DescField, string>(),
    new Map<string, string>(),
    new Map<DescField, string>(),
  ];
  const nested = new Set([...message.nestedMessages, ...message.nestedEnums].map(goTypeName));
  for (const each of message.fields) {
    const name = unique(goCamelCase(each.name), true);
    field.set(each, name);
    // A field that is optional in proto3 is the only one of a oneof that nobody sees, whose name is taken all the same.
    const { oneofIndex } = each.proto;
    const inside = hasOneof(each) ? message.proto.oneofDecl[oneofIndex]?.name : undefined;
    if (inside === undefined) continue;
    if (!oneof.has(inside)) oneof.set(inside, unique(goCamelCase(inside), false));
    let type = `${goTypeName(message)}_${name}`;
    while (nested.has(type)) type += "_";
    wrapper.set(each, type);
  }
  return { field, oneof, wrapper };
}

function hasOneof({ oneof, proto }: DescField): boolean {
  return oneof !== undefined || proto.proto3Optional;
}

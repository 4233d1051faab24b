import type { DescEnum, DescFile, DescMessage, DescMethod, DescService } from "@bufbuild/protobuf";
import { definitionLine } from "./comments.ts";
import { SourceError } from "./source-error.ts";

/** Pages that every API has, beside those of its services. */
const OWN_PAGES = new Set([
  ...["index", "navigation.json", "messages", "enums", "rest", "cli", "permissions", "errors"],
]);

/** A definition that has a page. */
type Paged = DescService | DescMethod | DescMessage | DescEnum;

/**
 * Throws a SourceError at the definition whose page would take the place of another's: names that differ in capitals
 * only are one file on the file systems of macOS and Windows.
 */
export function checkPaths(files: readonly DescFile[], protoRoot: string): void {
  const taken = new Map<string, Paged>();
  const take = (path: string, definition: Paged) => {
    const other = taken.get(path.toLowerCase());
    if (other !== undefined) {
      fail(
        definition,
        `its page would be that of ${fullName(other)}: rename one, since not every file system tells capitals apart`,
      );
    }
    taken.set(path.toLowerCase(), definition);
  };
  const fail = (definition: Paged, reason: string): never => {
    const { proto } = "file" in definition ? definition.file : definition.parent.file;
    const name = fullName(definition);
    throw new SourceError(`${protoRoot}/${proto.name}`, definitionLine(proto, name), `${name}: ${reason}`);
  };
  for (const service of files.flatMap(({ services }) => services)) {
    if (OWN_PAGES.has(service.typeName.toLowerCase())) {
      fail(service, `its page would be that of all ${service.typeName.toLowerCase()}: give it a package`);
    }
    take(service.typeName, service);
    for (const method of service.methods) take(`${service.typeName}/${method.name}`, method);
  }
  for (const message of files.flatMap(({ messages }) => messages)) takeNested(message);
  for (const enumeration of files.flatMap(({ enums }) => enums))
    take(`enums/${enumeration.typeName}`, enumeration);

  function takeNested(message: DescMessage): void {
    take(`messages/${message.typeName}`, message);
    for (const nested of message.nestedMessages) takeNested(nested);
    for (const nested of message.nestedEnums) take(`enums/${nested.typeName}`, nested);
  }
}

function fullName(definition: Paged): string {
  return definition.kind === "rpc" ? `${definition.parent.typeName}.${definition.name}` : definition.typeName;
}

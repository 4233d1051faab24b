import type { DescEnum, DescMessage } from "@bufbuild/protobuf";

/** Names from the outermost message down to the type: `["Thing", "Group"]`. */
export function namesWithin(type: DescMessage | DescEnum): readonly string[] {
  return [...(type.parent === undefined ? [] : namesWithin(type.parent)), type.name];
}

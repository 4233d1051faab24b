import type { DescField, DescMessage } from "@bufbuild/protobuf";

const tables = new WeakMap<DescMessage, Map<string, DescField>>();

/** The field that a JSON key names, by its name in the proto file or its lowerCamelCase one. */
export function fieldByKey(desc: DescMessage, key: string): DescField | undefined {
  let table = tables.get(desc);
  if (table === undefined) {
    table = new Map();
    for (const field of desc.fields) table.set(field.name, field).set(field.jsonName, field);
    tables.set(desc, table);
  }
  return table.get(key);
}

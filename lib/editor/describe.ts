import type { DescEnum, DescField } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import type { FieldDocs, MethodDocs, ValueDocs } from "../reference/method-docs.ts";
import { scalarName } from "../schema/scalar-range.ts";

/** The type of a field's value as a proto file writes it. */
export function typeLabel(field: DescField): string {
  const value = field.message?.name ?? field.enum?.name ?? (field.scalar && scalarName(field.scalar)) ?? "";
  if (field.fieldKind === "list") return `repeated ${value}`;
  return field.fieldKind === "map" ? `map<${scalarName(field.mapKey)}, ${value}>` : value;
}

/** What the reference says about a field. */
export function fieldDocs(docs: MethodDocs, field: DescField): FieldDocs | undefined {
  return docs.messages[field.parent.typeName]?.fields[field.name];
}

/** What the reference says about an enum's value. */
function valueDocs(docs: MethodDocs, desc: DescEnum, name: string): ValueDocs | undefined {
  return docs.enums[desc.typeName]?.values[name];
}

/** A field as Markdown: its type, its text, unit and limits, and how to write it. */
export function describeField(docs: MethodDocs, field: DescField, bytes: BytesForm): string {
  const doc = fieldDocs(docs, field);
  const head = `**${field.name}** \`${typeLabel(field)}\` = ${field.number}`;
  const facts = [
    field.oneof === undefined ? null : `One of \`${field.oneof.name}\`: ${names(field.oneof.fields)}`,
    doc?.unit == null ? null : `Unit: ${doc.unit}`,
    doc?.limits == null ? null : `Limits: ${doc.limits}`,
    doc?.default == null ? null : `Default: ${doc.default}`,
    typeLabel(field).endsWith("bytes")
      ? `Written in ${bytes}${doc?.bytes == null ? "" : `: ${doc.bytes}`}`
      : null,
    field.enum === undefined ? null : `Values: ${names(field.enum.values)}`,
    field.proto.options?.deprecated ? "Deprecated" : null,
  ];
  return markdown([head, doc?.text ?? doc?.summary ?? null], facts);
}

/** An enum's value as Markdown. */
export function describeValue(docs: MethodDocs, desc: DescEnum, name: string): string {
  const value = desc.values.find((each) => each.name === name);
  const doc = valueDocs(docs, desc, name);
  const head = `**${name}** \`${desc.name}\` = ${value?.number ?? "?"}`;
  return markdown([head, doc?.text ?? doc?.summary ?? null], [value?.deprecated ? "Deprecated" : null]);
}

function names(items: readonly { readonly name: string }[]): string {
  return items.map(({ name }) => `\`${name}\``).join(", ");
}

function markdown(paragraphs: readonly (string | null)[], facts: readonly (string | null)[]): string {
  const list = facts.filter((fact) => fact !== null).map((fact) => `- ${fact}`);
  const all = [...paragraphs.filter((text) => text !== null && text !== ""), list.join("\n")];
  return withoutImages(all.join("\n\n").trim());
}

/** A comment must not have the reader's browser ask anybody for a picture: a link stands in its place. */
function withoutImages(markdown: string): string {
  return markdown.replaceAll("![", "!\\[");
}

import type {
  Field,
  FieldType,
  HttpBinding,
  Message,
  Method,
  Reference,
} from "../../lib/reference/reference.ts";

type Json = string | boolean | number | readonly Json[] | { readonly [name: string]: Json };

/** The REST half of an API as an OpenAPI 3.0 description, with all of its texts: what other programs make their pages of. */
export function openApi(reference: Reference): Json {
  const messages = new Map(reference.messages.map((message) => [message.name, message]));
  const paths: Record<string, Record<string, Json>> = {};
  for (const method of reference.services.flatMap(({ methods }) => methods)) {
    for (const binding of method.http) {
      const at = paths[binding.path] ?? {};
      at[binding.verb.toLowerCase()] = operation(method, binding, messages);
      paths[binding.path] = at;
    }
  }
  const schemas = reference.messages.map((message) => [message.name, messageSchema(message)] as const);
  const enums = reference.enums.map(
    ({ name, doc, values }) =>
      [
        name,
        { type: "string", description: doc.text, enum: values.map(({ shortName }) => shortName) },
      ] as const,
  );
  return {
    openapi: "3.0.3",
    info: { title: reference.api.title, version: reference.api.release },
    paths,
    components: { schemas: Object.fromEntries([...schemas, ...enums]) },
  };
}

function operation(
  method: Method,
  { path, body }: HttpBinding,
  messages: ReadonlyMap<string, Message>,
): Json {
  const inPath = new Set([...path.matchAll(/\{([\w.]+)/g)].map(([, name]) => name));
  const fields = messages.get(method.input)?.fields ?? [];
  const parameters = fields
    .filter(({ shortName }) => inPath.has(shortName) || body === null)
    .map((field) => ({
      name: field.shortName,
      in: inPath.has(field.shortName) ? "path" : "query",
      required: inPath.has(field.shortName),
      description: field.doc.text,
      schema: typeSchema(field.type),
    }));
  const content = (name: string) => ({ "application/json": { schema: reference(name) } });
  return {
    operationId: method.name,
    tags: [method.service],
    summary: method.doc.summary,
    description: method.doc.text,
    deprecated: method.deprecated,
    parameters,
    ...(body === null ? {} : { requestBody: { content: content(method.input) } }),
    responses: { "200": { description: "The reply.", content: content(method.output) } },
  };
}

function messageSchema({ doc, fields }: Message): Json {
  return {
    type: "object",
    description: doc.text,
    properties: Object.fromEntries(fields.map((field) => [field.shortName, fieldSchema(field)])),
  };
}

function fieldSchema(field: Field): Json {
  const schema = typeSchema(field.type);
  if (field.cardinality === "repeated") return { type: "array", description: field.doc.text, items: schema };
  return { description: field.doc.text, ...(schema as Record<string, Json>) };
}

function typeSchema(type: FieldType): Json {
  switch (type.kind) {
    case "message":
    case "enum":
      return reference(type.name);
    case "map":
      return { type: "object", additionalProperties: typeSchema(type.value) };
    default:
      return scalarSchema("name" in type ? type.name : "string");
  }
}

function scalarSchema(name: string): Json {
  if (name === "bool") return { type: "boolean" };
  if (name === "bytes") return { type: "string", format: "byte" };
  if (name === "double" || name === "float") return { type: "number" };
  return /32$/.test(name) ? { type: "integer" } : { type: "string" };
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

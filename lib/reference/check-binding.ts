import type { DescField, DescMessage, DescMethod } from "@bufbuild/protobuf";
import type { HttpBinding } from "./reference.ts";

const MESSAGES_IN_A_PATH = /^google\.protobuf\.(?:\w+Value|Timestamp|Duration|FieldMask)$/;

/** What is wrong with a binding of the method, or null: each name in its path, its body and its reply's part is a field. */
export function bindingFault({ path, body, responseBody }: HttpBinding, method: DescMethod): string | null {
  if (!path.startsWith("/")) return `the path ${path} does not begin with /`;
  const variables = [...path.matchAll(/\{([^{}=]*)(?:=[^{}]*)?\}/g)].map(([, name = ""]) => name);
  if (/[{}]/.test(path.replace(/\{[^{}]*\}/g, ""))) return `a brace of the path ${path} has no partner`;
  for (const [at, name] of variables.entries()) {
    const fault = pathFault(name, method.input);
    if (fault !== null) return fault;
    if (variables.indexOf(name) !== at) return `the path ${path} has {${name}} twice`;
  }
  if (body !== null && body !== "*" && fieldOf(method.input, body) === undefined) {
    return `the body ${body} is no field of ${method.input.typeName}`;
  }
  if (body !== null && variables.includes(body)) return `${body} is in the path ${path} and the body`;
  if (responseBody !== undefined && fieldOf(method.output, responseBody) === undefined) {
    return `the response_body ${responseBody} is no field of ${method.output.typeName}`;
  }
  return null;
}

/** A path variable is a single value: a scalar or an enum, alone or in messages that are alone. */
function pathFault(name: string, input: DescMessage): string | null {
  let message: DescMessage | undefined = input;
  let field: DescField | undefined;
  for (const part of name.split(".")) {
    field = message === undefined ? undefined : fieldOf(message, part);
    if (field === undefined) {
      const place = message?.typeName ?? `${name.slice(0, name.lastIndexOf("."))}, which is no message`;
      return `the path's {${name}}: ${part === "" ? "an empty name" : part} is no field of ${place}`;
    }
    message = field.fieldKind === "message" ? field.message : undefined;
  }
  const isSingle =
    field?.fieldKind === "scalar" ||
    field?.fieldKind === "enum" ||
    (message !== undefined && MESSAGES_IN_A_PATH.test(message.typeName));
  return isSingle ? null : `the path's {${name}} is no single value: a path takes scalars and enums`;
}

function fieldOf(message: DescMessage, name: string): DescField | undefined {
  return message.fields.find((field) => field.name === name);
}

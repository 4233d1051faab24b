import type { FileRegistry } from "@bufbuild/protobuf";
import { statusCode } from "../call/status.ts";
import { findMethod } from "../schema/registry.ts";
import type { ApiError, ErrorGroup, ErrorSource } from "./api-error.ts";
import { type YamlFields, yamlFields } from "./yaml-fields.ts";
import { parseYamlSource } from "./yaml-source.ts";

const ERROR_KEYS = [
  "slug",
  "title",
  "from",
  "code",
  "message",
  "methods",
  "fields",
  "cause",
  "remedy",
  "seen",
];
const INNER_KEYS = { groups: ["slug", "title", "about", "service", "errors"], errors: ERROR_KEYS };
const SOURCES: readonly string[] = ["daemon", "rest", "client"] satisfies readonly ErrorSource[];
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * The errors of an API, in the file's order. `file` is its path, for errors. Methods are named by their last part where
 * the group names their service. Throws a SourceError where it names a method or a field that the registry does not
 * have, a status that there is not, or one slug twice.
 */
export function readErrors(yaml: string, file: string, registry: FileRegistry): readonly ErrorGroup[] {
  const source = parseYamlSource(yaml, file);
  const top = yamlFields(source.document.contents, ["groups"], source, INNER_KEYS);
  const slugs = new Set<string>();
  const once = (fields: YamlFields, kind: string): string => {
    const slug = fields.needText("slug");
    if (!SLUG.test(slug))
      fields.fail("slug", `${slug} is no slug: lower-case words with a dash between them`);
    if (slugs.has(`${kind} ${slug}`)) fields.fail("slug", `${slug} is there twice`);
    slugs.add(`${kind} ${slug}`);
    return slug;
  };
  return top.maps("groups").map((group) => {
    const service = group.text("service");
    return {
      slug: once(group, "group"),
      title: group.needText("title"),
      about: group.needText("about"),
      errors: group
        .maps("errors")
        .map((fields) => readError(fields, once(fields, "error"), service, registry)),
    };
  });
}

function readError(
  fields: YamlFields,
  slug: string,
  service: string | null,
  registry: FileRegistry,
): ApiError {
  const from = fields.text("from") ?? "daemon";
  if (!isSource(from)) return fields.fail("from", `${from} is not one of ${SOURCES.join(", ")}`);
  const status = fields.text("code") ?? "UNKNOWN";
  const messages = fields.texts("message");
  if (messages.length === 0) fields.fail("message", "message is missing");
  return {
    slug,
    title: fields.needText("title"),
    from,
    code: statusCode(status) ?? fields.fail("code", `${status} is no gRPC status`),
    messages,
    methods: fields.texts("methods").map((short) => {
      const name = service === null ? short : `${service}.${short}`;
      return findMethod(registry, name) === undefined ? fields.fail("methods", `${name} is no method`) : name;
    }),
    fields: fields.texts("fields").map((name) => {
      const dot = name.lastIndexOf(".");
      const message = registry.getMessage(name.slice(0, dot));
      return message?.fields.some((field) => field.name === name.slice(dot + 1)) === true
        ? name
        : fields.fail("fields", `${name} is no field`);
    }),
    cause: fields.needText("cause"),
    remedy: fields.needText("remedy"),
    seen: fields.texts("seen"),
  };
}

function isSource(text: string): text is ErrorSource {
  return SOURCES.includes(text);
}

import type { Json } from "./recorded-case.ts";

/** JSON as Python's `json.dumps` lays it out: the recorded requests were made by it, and error texts name places in them. */
export function pythonJson(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(pythonJson).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, item]) => `${pythonJson(name)}: ${pythonJson(item)}`);
    return `{${members.join(", ")}}`;
  }
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

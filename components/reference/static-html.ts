import { Fragment, isValidElement, type ReactNode } from "react";

/**
 * Elements as HTML text, as React's static renderer writes them. A page that is text for the browser does not carry each
 * of its elements a second time, and has none of them to hydrate. Null where something in it is more than markup: a component
 * of the browser, a handler, a prop whose HTML is not known here.
 */
export function staticHtml(node: ReactNode): string | null {
  const parts: string[] = [];
  return write(node, parts) ? parts.join("") : null;
}

function write(node: ReactNode, parts: string[]): boolean {
  if (node === null || node === undefined || typeof node === "boolean") return true;
  if (typeof node === "string" || typeof node === "number") {
    parts.push(escapeHtml(String(node)));
    return true;
  }
  if (Array.isArray(node)) return node.every((child: ReactNode) => write(child, parts));
  if (!isValidElement<Readonly<Record<string, unknown>>>(node)) return false;
  const { type, props } = node;
  if (type === Fragment) return write(props.children as ReactNode, parts);
  if (typeof type === "function") {
    // A component of the browser is a reference to it here, and so is everything that is no plain function.
    if ("$$typeof" in type) return false;
    return write((type as (props: unknown) => ReactNode)(props), parts);
  }
  return typeof type === "string" && writeTag(type, props, parts);
}

const VOID = new Set(["br", "hr", "wbr"]);
const NAMES: Readonly<Record<string, string>> = { className: "class", tabIndex: "tabindex" };
const KNOWN = /^(?:id|href|rel|title|start|scope|open|hidden|(?:aria|data)-[a-z-]+)$/;
const BOOLEAN = new Set(["open", "hidden"]);

function writeTag(tag: string, props: Readonly<Record<string, unknown>>, parts: string[]): boolean {
  parts.push("<", tag);
  for (const [prop, value] of Object.entries(props)) {
    if (prop === "children" || value === undefined || value === null) continue;
    const name = NAMES[prop] ?? prop;
    if (NAMES[prop] === undefined && !KNOWN.test(prop)) return false;
    if (BOOLEAN.has(name)) {
      if (value === true) parts.push(" ", name, '=""');
    } else if (typeof value === "string" || typeof value === "number") {
      parts.push(" ", name, '="', escapeHtml(String(value)), '"');
    } else if (typeof value === "boolean" && /^(?:aria|data)-/.test(name)) {
      parts.push(" ", name, '="', String(value), '"');
    } else if (value !== false) {
      return false;
    }
  }
  parts.push(">");
  if (VOID.has(tag)) {
    parts[parts.length - 1] = "/>";
    return true;
  }
  if (tag === "pre" && typeof props.children === "string" && props.children.startsWith("\n"))
    parts.push("\n");
  if (!write(props.children as ReactNode, parts)) return false;
  parts.push("</", tag, ">");
  return true;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

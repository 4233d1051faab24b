import { register } from "node:module";

/**
 * Lets components be imported outside Next: a CSS module is an object whose every class is called by its own name.
 * Import this before the component, and the component by `await import`.
 */
const hooks = `
export async function load(url, context, next) {
  return url.split("?")[0].endsWith(".module.css")
    ? {
        format: "module",
        shortCircuit: true,
        source: "export default new Proxy({}, { get: (_, name) => String(name) });",
      }
    : next(url, context);
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);

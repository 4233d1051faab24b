import type { StreamKind } from "../../lib/call/call.ts";
import { type MethodSafety, PLAIN_SAFETY } from "../../lib/call/safety.ts";

/** What a notebook's page says of a method that it calls. */
export interface CellMethod {
  /** Its page in the reference; null where none is known. */
  readonly href: string | null;
  readonly access: "read" | "write";
  readonly stream: StreamKind;
  readonly safety: MethodSafety;
}

/** By full name. */
export type CellMethods = Readonly<Record<string, CellMethod>>;

/** A method of which nothing is known: it counts as a write, as everywhere. */
const UNKNOWN: CellMethod = { href: null, access: "write", stream: "unary", safety: PLAIN_SAFETY };

/** The facts of a method by its full name. */
export function cellMethod(methods: CellMethods, name: string): CellMethod {
  return Object.hasOwn(methods, name) ? (methods[name] ?? UNKNOWN) : UNKNOWN;
}

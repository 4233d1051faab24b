/**
 * A value of a notebook, in CEL's types: exact, and plain data that passes between workers. Of a message it is the type
 * and the bytes, so that nothing of it is lost.
 */
export type Value =
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "uint"; readonly value: bigint }
  | { readonly kind: "double"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "message"; readonly type: string; readonly wire: Uint8Array }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [key: Value, value: Value])[] };

/** Captures by name. */
export type Values = ReadonlyMap<string, Value>;

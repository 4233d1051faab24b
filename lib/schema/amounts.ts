import type { DescMessage, Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** An amount that a request holds, exactly. */
export interface Amount {
  /** With the index of each repeated part: `outputs.outputs[1].value_sat`. */
  readonly path: string;
  readonly sat: bigint;
}

/**
 * The amounts that a request holds at these paths of field names (`bid.details.amt`), in the order of the paths. A part
 * that is not set holds none; one that is set and left at 0 holds 0.
 */
export function findAmounts(
  desc: DescMessage,
  message: Message,
  paths: readonly string[],
): readonly Amount[] {
  const found: Amount[] = [];
  for (const path of paths) collect(reflect(desc, message), path.split("."), "", found);
  return found;
}

function collect(message: ReflectMessage, path: readonly string[], before: string, found: Amount[]): void {
  const [name = "", ...rest] = path;
  const field = message.fields.find((each) => each.name === name);
  // A plain field left at 0 is not set, and counts all the same: the daemon reads 0.
  if (field === undefined || (rest.length > 0 && !message.isSet(field))) return;
  if (field.oneof !== undefined && !message.isSet(field)) return;
  const at = before === "" ? name : `${before}.${name}`;
  const add = (value: unknown, path: string) => {
    if (rest.length > 0) collect(value as ReflectMessage, rest, path, found);
    else found.push({ path, sat: BigInt(value as bigint | number) });
  };
  if (field.fieldKind === "list") {
    let index = 0;
    for (const item of message.get(field)) add(item, `${at}[${index++}]`);
  } else if (field.fieldKind === "map") {
    for (const [key, item] of message.get(field)) add(item, `${at}[${String(key)}]`);
  } else add(message.get(field), at);
}

/** `2,000,000 sat` */
export function formatSat(sat: bigint): string {
  return `${sat.toLocaleString("en-US")} sat`;
}

/** `0.02000000 BTC`, exactly. */
export function formatBtc(sat: bigint): string {
  const digits = (sat < 0n ? -sat : sat).toString().padStart(9, "0");
  const whole = BigInt(digits.slice(0, -8)).toLocaleString("en-US");
  return `${sat < 0n ? "-" : ""}${whole}.${digits.slice(-8)} BTC`;
}

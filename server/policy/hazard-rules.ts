import { type DescMessage, type DescMethod, fromBinary } from "@bufbuild/protobuf";
import type { ApiSafety } from "../../lib/call/safety.ts";
import { findHazards } from "../../lib/schema/hazards.ts";
import { hasWireShape } from "./wire-shape.ts";

/** Which requests a daemon is known to crash on. */
export class HazardRules {
  readonly #safety: Pick<ApiSafety, "needed">;
  readonly #concerned = new WeakMap<DescMessage, boolean>();

  constructor(safety: Pick<ApiSafety, "needed">) {
    this.#safety = safety;
  }

  /**
   * Why a message must not reach a daemon, in a sentence, or null. Only a method whose request can hold what a daemon
   * crashes on has its messages decoded; one that cannot be decoded is not let through then.
   */
  find(method: DescMethod, message: Uint8Array): string | null {
    if (!this.concerns(method)) return null;
    try {
      if (!hasWireShape(method.input, message)) return notReadable(method);
      const needed = (type: string) => this.#safety.needed.get(type) ?? [];
      const decoded = fromBinary(method.input, message);
      const hazards = findHazards(method.input, decoded, needed);
      return hazards.length === 0 ? null : hazards.map((hazard) => hazard.message).join(" ");
    } catch {
      return notReadable(method);
    }
  }

  /** Whether the method's request can hold a message that a daemon crashes on. */
  concerns(method: DescMethod): boolean {
    let concerned = this.#concerned.get(method.input);
    if (concerned === undefined) {
      concerned = this.#reaches(method.input, new Set());
      this.#concerned.set(method.input, concerned);
    }
    return concerned;
  }

  #reaches(message: DescMessage, seen: Set<DescMessage>): boolean {
    if (seen.has(message)) return false;
    seen.add(message);
    if ((this.#safety.needed.get(message.typeName) ?? []).length > 0) return true;
    return message.fields.some((field) => field.message !== undefined && this.#reaches(field.message, seen));
  }
}

function notReadable({ input }: DescMethod): string {
  return `The message is not a ${input.typeName} as every decoder reads it, and the daemon crashes on some of these: send one with its fields in their own types.`;
}

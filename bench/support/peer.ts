/** A program to compare with that is not on this machine: it is named with the reason and left out. */
export interface Missing {
  readonly kind: "missing";
  readonly name: string;
  readonly why: string;
}

export function missing(name: string, why: string): Missing {
  return { kind: "missing", name, why };
}

export function isMissing(peer: object): peer is Missing {
  return "kind" in peer && peer.kind === "missing";
}

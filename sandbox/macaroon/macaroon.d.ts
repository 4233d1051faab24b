/** The part of the untyped package `macaroon` 3.0.4 that the sandbox uses. */
declare module "macaroon" {
  export interface Macaroon {
    readonly identifier: Uint8Array;
    readonly signature: Uint8Array;
    addFirstPartyCaveat(condition: string | Uint8Array): void;
    /** Throws on a wrong signature or when `check` returns a text. */
    verify(rootKey: Uint8Array, check: (condition: string) => string | null, discharges?: Macaroon[]): void;
    exportBinary(): Uint8Array;
  }
  interface Exports {
    newMacaroon(params: {
      identifier: Uint8Array;
      location: string;
      rootKey: Uint8Array;
      version: number;
    }): Macaroon;
    importMacaroon(bytes: Uint8Array): Macaroon;
  }
  const exports: Exports;
  export default exports;
}

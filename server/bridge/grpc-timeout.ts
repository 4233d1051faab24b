const UNIT_MS = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 0.001, n: 0.000_001 } as const;

/** The milliseconds in a `grpc-timeout` (`250m`, `10S`), rounded up; undefined where it is not one. */
export function parseGrpcTimeout(value: string): number | undefined {
  const match = /^(\d{1,8})([HMSmun])$/.exec(value);
  if (match === null) return undefined;
  return Math.ceil(Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS]);
}

/** A `grpc-timeout` of at least `ms`: eight digits at most, so long ones are in seconds. */
export function formatGrpcTimeout(ms: number): string {
  return ms < 100_000_000 ? `${Math.ceil(ms)}m` : `${Math.ceil(Math.min(ms, 99_999_999_000) / 1000)}S`;
}

import { randomInt } from "node:crypto";

/**
 * Binds to a free port below those that systems give out by themselves, to listeners on port 0 and to connections: once
 * it is free again, nobody else comes to have it, so a test can stop a server and start it there again, or rely on
 * nobody listening. `bind` rejects with EADDRINUSE where the port is taken.
 */
export async function bindOwnPort<T>(bind: (port: number) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await bind(randomInt(20_000, 32_000));
    } catch (cause) {
      if (!/EADDRINUSE/.test(String((cause as { code?: unknown }).code) + String(cause))) throw cause;
    }
  }
}

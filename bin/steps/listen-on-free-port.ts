import { PortInUseError } from "../../server/listen.ts";
import { type RunningServer, type ServerOptions, startServer } from "../../server/start-server.ts";

const FIRST_PORT = 4180;

/** The server on the wanted port, or on the first free one from 4180 where none is wanted. Throws `PortInUseError`. */
export async function listenOnFreePort(
  wanted: string | undefined,
  options: Omit<ServerOptions, "port">,
): Promise<RunningServer> {
  if (wanted !== undefined) return startServer({ ...options, port: Number(wanted) });
  for (let port = FIRST_PORT; ; port++) {
    try {
      return await startServer({ ...options, port });
    } catch (cause) {
      if (!(cause instanceof PortInUseError) || port === FIRST_PORT + 20) throw cause;
    }
  }
}

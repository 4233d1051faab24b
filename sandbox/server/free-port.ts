/** How many ports after the wanted one are tried when it is taken. */
const PORT_TRIES = 20;

/** Does something with the wanted port or, while that is taken, with the next. Port 0 is tried once. */
export async function onFreePort<T>(wanted: number, attempt: (port: number) => Promise<T>): Promise<T> {
  for (let port = wanted; ; port++) {
    try {
      return await attempt(port);
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!taken || wanted === 0 || port - wanted >= PORT_TRIES || port === 65_535) throw error;
    }
  }
}

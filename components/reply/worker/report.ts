/** Fails the worker: the page hears of it by the `error` event, and says so. For bugs. */
export function report(cause: unknown): void {
  setTimeout(() => {
    throw cause;
  });
}

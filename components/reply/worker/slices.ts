/** Work of a worker that goes on for longer than this lets other messages pass. */
export const SLICE_MS = 8;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Resolves when the messages that wait for this thread have been heard. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

/** A function that says whether there is time left in a slice that begins now. */
export function slice(): () => boolean {
  const end = performance.now() + SLICE_MS;
  return () => performance.now() < end;
}

/** Bounds of a store of mailboxes. */
export interface MailboxLimits {
  readonly boxes: number;
  /** Messages that wait in one box before its writer has to wait. */
  readonly messages: number;
  /** Bytes that wait in one box before its writer has to wait; a single larger message still passes. */
  readonly bytes: number;
}

const DEFAULT_LIMITS: MailboxLimits = { boxes: 256, messages: 32, bytes: 1 << 20 };

/** The one place at an end of a box. Whoever holds it must `release` it; releasing twice is harmless. */
export interface ReaderSeat {
  /** The next message, taken out of the box; `closed` once the box is removed, `aborted` with the signal. */
  next(
    signal: AbortSignal,
  ): Promise<{ kind: "message"; msg: Uint8Array } | { kind: "closed" } | { kind: "aborted" }>;
  release(): void;
}

export interface WriterSeat {
  /** Puts a message into the box, once there is room for it. */
  write(msg: Uint8Array, signal: AbortSignal): Promise<"written" | "closed" | "aborted">;
  release(): void;
}

/** Why a seat was not given. */
export type SeatRefusal = "not-found" | "occupied" | "aborted";

/** One-way message pipes by stream id. Holds no timer: how long to wait is the caller's signal. */
export interface Mailboxes {
  create(streamId: Uint8Array): "created" | "exists" | "full";
  /** Ends the box's reader and writer and drops what is in it. False where there is no such box. */
  remove(streamId: Uint8Array): boolean;
  /** Waits for the seat until `patience` is aborted, then says `occupied`. */
  takeReader(streamId: Uint8Array, patience: AbortSignal): Promise<ReaderSeat | SeatRefusal>;
  takeWriter(streamId: Uint8Array, patience: AbortSignal): Promise<WriterSeat | SeatRefusal>;
  /** Puts a message into a box without its writer's seat. False where there is no box or no room. */
  drop(streamId: Uint8Array, msg: Uint8Array): boolean;
}

interface Box {
  readonly queue: Uint8Array[];
  bytes: number;
  readonly taken: { reader: boolean; writer: boolean };
  removed: boolean;
  /** Called after each change, each once. */
  readonly waiting: Set<() => void>;
}

/** An empty store. */
export function createMailboxes(limits: MailboxLimits = DEFAULT_LIMITS): Mailboxes {
  const boxes = new Map<string, Box>();
  const find = (streamId: Uint8Array) => boxes.get(streamKey(streamId));
  const fits = (box: Box, msg: Uint8Array) =>
    box.queue.length === 0 || (box.queue.length < limits.messages && box.bytes + msg.length <= limits.bytes);
  const put = (box: Box, msg: Uint8Array) => {
    box.queue.push(msg);
    box.bytes += msg.length;
    wake(box);
  };

  return {
    create(streamId) {
      if (find(streamId) !== undefined) return "exists";
      if (boxes.size >= limits.boxes) return "full";
      boxes.set(streamKey(streamId), {
        queue: [],
        bytes: 0,
        taken: { reader: false, writer: false },
        removed: false,
        waiting: new Set(),
      });
      return "created";
    },
    remove(streamId) {
      const box = find(streamId);
      if (box === undefined) return false;
      boxes.delete(streamKey(streamId));
      box.removed = true;
      box.queue.length = 0;
      wake(box);
      return true;
    },
    async takeReader(streamId, patience) {
      const box = await takeSeat(find(streamId), "reader", patience);
      if (typeof box === "string") return box;
      return {
        async next(signal) {
          await until(box, signal, () => box.removed || box.queue.length > 0);
          if (box.removed) return { kind: "closed" };
          if (signal.aborted) return { kind: "aborted" };
          const msg = box.queue.shift() ?? new Uint8Array();
          box.bytes -= msg.length;
          wake(box);
          return { kind: "message", msg };
        },
        release: once(() => leaveSeat(box, "reader")),
      };
    },
    async takeWriter(streamId, patience) {
      const box = await takeSeat(find(streamId), "writer", patience);
      if (typeof box === "string") return box;
      return {
        async write(msg, signal) {
          await until(box, signal, () => box.removed || fits(box, msg));
          if (box.removed) return "closed";
          if (signal.aborted) return "aborted";
          put(box, msg);
          return "written";
        },
        release: once(() => leaveSeat(box, "writer")),
      };
    },
    drop(streamId, msg) {
      const box = find(streamId);
      if (box === undefined || !fits(box, msg)) return false;
      put(box, msg);
      return true;
    },
  };
}

/** Ids are 64 bytes: a shorter one is filled with zeros, a longer one cut, so equal ids may be written apart. */
export function streamKey(streamId: Uint8Array): string {
  const whole = new Uint8Array(64);
  whole.set(streamId.subarray(0, 64));
  return Array.from(whole, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type End = "reader" | "writer";

async function takeSeat(box: Box | undefined, end: End, patience: AbortSignal): Promise<Box | SeatRefusal> {
  if (box === undefined) return "not-found";
  await until(box, patience, () => box.removed || !box.taken[end]);
  if (box.removed) return "not-found";
  if (box.taken[end]) return "occupied";
  if (patience.aborted) return "aborted";
  box.taken[end] = true;
  return box;
}

function leaveSeat(box: Box, end: End): void {
  box.taken[end] = false;
  wake(box);
}

function wake(box: Box): void {
  for (const resolve of [...box.waiting]) resolve();
}

/** Resolves once `ready` holds or the signal is aborted. Two that wait for one thing may both wake: look again. */
function until(box: Box, signal: AbortSignal, ready: () => boolean): Promise<void> {
  if (ready() || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!ready() && !signal.aborted) return;
      box.waiting.delete(look);
      signal.removeEventListener("abort", look);
      resolve();
    };
    box.waiting.add(look);
    signal.addEventListener("abort", look);
  });
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}

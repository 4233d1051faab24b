import { type ChildProcess, fork, spawn } from "node:child_process";
import { connect, createServer } from "node:net";

/** A process of the bench, ended with it. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
}

/** Runs a TypeScript file of the bench as a process of its own, and resolves with the first message it sends. */
export async function startModule<T>(
  path: string,
  args: readonly string[] = [],
): Promise<Child & { readonly ready: T }> {
  const child = fork(path, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const ready = await new Promise<T>((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${path} ended with code ${code} before it was ready`)));
  });
  return { ...disposable(child), ready };
}

/** Runs a program until the bench ends; resolves when `port` of 127.0.0.1 takes connections. */
export async function startProgram(
  program: string,
  args: readonly string[],
  port: number,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Child> {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output = (output + chunk).slice(-4_000);
    });
  }
  let over: string | null = null;
  child.once("error", (error) => {
    over = error.message;
  });
  child.once("exit", (code) => {
    over ??= `ended with code ${code}`;
  });
  const from = Date.now();
  while (!(await takesConnections(port))) {
    if (over === null && Date.now() - from < 20_000) continue;
    child.kill("SIGKILL");
    throw new Error(`${program} ${over ?? "took no connection within 20 s"}:\n${output}`);
  }
  return disposable(child);
}

/** A port of 127.0.0.1 that was free a moment ago, for programs that cannot say which one they took. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => setTimeout(resolve, 50, false));
  });
}

function disposable(child: ChildProcess): Child {
  return {
    pid: child.pid as number,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await ended;
      clearTimeout(late);
    },
  };
}

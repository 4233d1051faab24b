import { spawn } from "node:child_process";

/** How a command ended. */
export interface CommandOutput {
  /** null where a signal ended it, or where it could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it could not be started, such as `ENOENT`. */
  readonly problem: string | null;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed on its standard input, which is closed after that. */
  readonly input?: string;
  /** Sees what has come on standard output so far; true ends the command, which then counts as code 0. */
  readonly enough?: (stdout: string) => boolean;
  /** Milliseconds after which it is killed. */
  readonly patience?: number;
}

/** Runs a program to its end. Never rejects: what went wrong is in the output. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandOutput> {
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    let hadEnough = false;
    const child = spawn(file, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), options.patience ?? 30_000);
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString("utf8");
      if (!hadEnough && options.enough?.(stdout)) {
        hadEnough = true;
        child.kill("SIGINT");
      }
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString("utf8");
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ code: null, stdout, stderr, problem: error.code ?? error.message });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: hadEnough ? 0 : code, stdout, stderr, problem: null });
    });
    // A program that ends before it has read its input.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
  });
}

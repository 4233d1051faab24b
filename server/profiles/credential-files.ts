import { readCertificate } from "./certificate.ts";
import { macaroonHex } from "./macaroon-bytes.ts";
import { readPlainFile } from "./read-plain-file.ts";
import { whyUnreadable } from "./watched-file.ts";

/** The part of a file system that reading profiles needs; throws as `node:fs` does. */
export interface FileReader {
  readFile(path: string): Uint8Array;
}

export const NO_CERTIFICATE = "it holds no certificate in PEM form";
export const NO_MACAROON = "it holds no macaroon, neither binary nor as hex or base64";

/** The real file system. */
export const diskReader: FileReader = { readFile: readPlainFile };

/** Why a file is no certificate that can be pinned, in a few words; null where it is one. */
export function certificateProblem(path: string, files: FileReader): string | null {
  return problem(path, files, (bytes) => readCertificate(bytes) !== undefined, NO_CERTIFICATE);
}

/** Why a file holds no macaroon, in a few words; null where it holds one. */
export function macaroonProblem(path: string, files: FileReader): string | null {
  return problem(path, files, (bytes) => macaroonHex(bytes) !== undefined, NO_MACAROON);
}

function problem(
  path: string,
  files: FileReader,
  isGood: (bytes: Uint8Array) => boolean,
  otherwise: string,
): string | null {
  try {
    const bytes = files.readFile(path);
    if (bytes.length === 0) return "it is empty";
    return isGood(bytes) ? null : otherwise;
  } catch (error) {
    return whyUnreadable(error);
  }
}

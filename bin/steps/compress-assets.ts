import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { COMPRESSED_SUFFIX, isCompressible } from "../../server/compressed-assets.ts";

const compress = promisify(gzip);

/** Writes a gzipped twin beside each asset of a finished build that is worth it, so that no request has to wait for it. */
export async function compressAssets(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter(isCompressible)) {
    const bytes = await readFile(join(folder, name));
    const small = await compress(bytes, { level: constants.Z_BEST_COMPRESSION });
    if (small.length < bytes.length) await writeFile(join(folder, name + COMPRESSED_SUFFIX), small);
  }
}

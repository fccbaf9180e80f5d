// Files that are served for ever get compressed once, when they are built: the server hands out the one that the browser takes.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Below this they fit a few packets as they are, and two copies of each would take more room than they save. */
const LEAST_BYTES = 4096;

/** Fonts and pictures are small as they are. Without `gzip` a browser that takes no brotli gets the file as it is. */
export function compress(folder: string, { gzip }: { gzip: boolean }) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.(?:js|css|svg)$/.test(name)) continue;
    const file = join(folder, name);
    const plain = readFileSync(file);
    if (plain.length < LEAST_BYTES) continue;
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    );
    if (gzip) writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
  }
}

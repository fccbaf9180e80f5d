// Files that are served for ever get compressed once, when they are built: the server hands out the one that the browser takes.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzipSync } from "node:zlib";

/** Below this a copy would take more room than it saves. A page may load fifty small scripts, so they count, too. */
const LEAST_BYTES = 1024;
const LEAST_BYTES_GZIP = 4096;

type Wish = {
  /** Without it a browser that takes no brotli gets the file as it is. */
  gzip: boolean;
  /** As small as it can be, for scripts that are loaded before a page is drawn. It takes five times as long as usual. */
  asSmallAsPossible: boolean;
};

/** Fonts and pictures are small as they are. */
export async function compress(folder: string, { gzip, asSmallAsPossible }: Wish) {
  const quality = asSmallAsPossible ? constants.BROTLI_MAX_QUALITY : 9;
  const small = promisify(brotliCompress);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  await Promise.all(
    names
      .filter((name) => /\.(?:js|css|svg)$/.test(name))
      .map(async (name) => {
        const file = join(folder, name);
        const plain = readFileSync(file);
        if (plain.length < LEAST_BYTES) return;
        const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
        writeFileSync(`${file}.br`, await small(plain, { params }));
        if (gzip && plain.length >= LEAST_BYTES_GZIP)
          writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
      }),
  );
}

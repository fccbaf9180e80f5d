// Which version of Cadenza this is. Of the packages' own files a release has that of the program alone.

import { readFileSync } from "node:fs";

function versionHere(): string | undefined {
  for (const place of ["../package.json", "../../cli/package.json"]) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as { version: string })
        .version;
    } catch {}
  }
  return undefined;
}

export const VERSION = versionHere();

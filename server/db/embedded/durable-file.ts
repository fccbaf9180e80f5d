// Writes a file so that a power cut leaves the old one or the new one, and never a half.

import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { syncFolder } from "./places.ts";

export async function putDurably(path: string, content: string | Uint8Array) {
  const part = join(dirname(path), `.${basename(path)}.part`);
  try {
    const handle = await open(part, "w", 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

// The passwords of our server. They exist before the cluster does. So of two starting processes either may create the
// cluster: its password is the one both of them know.

import { randomBytes } from "node:crypto";
import { chmod, link, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { CannotStartDatabase, codeOf, messageOf } from "./errors.ts";
import { syncFolder } from "./places.ts";

export type Credentials = { ownerPassword: string; appPassword: string };

export async function readOrCreateCredentials(file: string, clusterExists: boolean): Promise<Credentials> {
  const existing = await readCredentials(file);
  if (existing) return existing;
  if (clusterExists) {
    throw new CannotStartDatabase(
      `The database exists, but the file with its passwords is missing: ${file}. ` +
        "Your data is safe. Restore the file from a backup of the same data folder.",
    );
  }
  await createCredentials(file);
  return readOrCreateCredentials(file, clusterExists);
}

async function readCredentials(file: string): Promise<Credentials | null> {
  try {
    const { ownerPassword, appPassword } = JSON.parse(await readFile(file, "utf8")) as Partial<Credentials>;
    if (!ownerPassword || !appPassword) throw new Error("a password is missing in it");
    if (process.platform !== "win32" && ((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
    return { ownerPassword, appPassword };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new CannotStartDatabase(
      `The file with the database passwords cannot be used: ${file} (${messageOf(error)}). ` +
        "Your data is safe. Run Cadenza as the user that owns the file, or restore it from a backup.",
    );
  }
}

async function createCredentials(file: string): Promise<void> {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(
      `${JSON.stringify({ ownerPassword: newPassword(), appPassword: newPassword() })}\n`,
    );
    await handle.sync();
  } finally {
    await handle.close();
  }
  await publish(draft, file);
  await syncFolder(dirname(file));
}

/** A link, because unlike a rename it never replaces what another process has published and already used. */
async function publish(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    const hasNoLinks = ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes(codeOf(error));
    if (hasNoLinks) return rename(draft, file);
    if (codeOf(error) !== "EEXIST") throw error;
  }
  await rm(draft, { force: true });
}

const newPassword = () => randomBytes(32).toString("base64url");

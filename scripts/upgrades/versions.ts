// Versions of Cadenza, each in a folder of its own: an earlier commit, this commit, and the one after it, which has more migrations.

import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { ROOT } from "../packages.mjs";

export type Version = { name: string; folder: string };

const FOLDER = join(ROOT, "data", "upgrades");
const NEXT = join(import.meta.dirname, "next");

/** What the server and its programs read. */
const PARTS = [
  "server",
  "contract",
  "sdk",
  "cli",
  "mcp",
  "scripts",
  "package.json",
  "CHANGELOG.md",
  "docs/openapi.json",
  "docs/schemas",
];

/** `more`: files of `next/`, applied by this version alone. Kept for the next run, since a commit stays as it is. */
export function layOut(commit: string, more: readonly string[] = []): Version {
  const name = git("rev-parse", "--short=8", commit) + (more.length > 0 ? `+${more.length}` : "");
  const folder = join(FOLDER, name);
  const draft = `${folder}.part`;
  if (!existsSync(folder)) {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    const archive = execFileSync("git", ["archive", commit, ...PARTS], { cwd: ROOT, maxBuffer: 2 ** 30 });
    execFileSync("tar", ["-x", "-C", draft], { input: archive });
    linkPackages(draft, folder);
    renameSync(draft, folder);
  }
  for (const file of more) cpSync(join(NEXT, file), join(folder, "server", "db", "migrations", file));
  return { name, folder };
}

/** The packages of now, and the parts of the repository of then. */
function linkPackages(draft: string, folder: string) {
  const [own, shared] = [join(draft, "node_modules"), join(ROOT, "node_modules")];
  mkdirSync(join(own, "@cadenza"), { recursive: true });
  for (const name of readdirSync(shared))
    if (name !== "@cadenza") symlinkSync(realpathSync(join(shared, name)), join(own, name));
  for (const name of readdirSync(join(shared, "@cadenza")))
    if (existsSync(join(draft, name))) symlinkSync(join(folder, name), join(own, "@cadenza", name));
}

export const nextFiles = () => readdirSync(NEXT).sort();

function git(...args: string[]) {
  return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

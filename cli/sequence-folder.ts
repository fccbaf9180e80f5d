// A folder of sequences on this computer, read and written. What is in it may come from another person, and what is written from a
// server: so links are not followed, and nothing is read or written outside of the folder.

import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Unusable } from "./exits.ts";

export type SequenceFile = { path: string; text: string };

const FOLDERS = ["sequences", "schedules", "rulesets", "templates", "fields"];
const KNOWN = /\.(?:ya?ml|md|html)$/;
const MOST_FILES = 2000;
const MOST_BYTES = 1_000_000;

/** Every file of a sequence in it, sorted by path. */
export function readFolder(root: string): SequenceFile[] {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new Unusable(`${root} is not a folder.`, "Create it with: cadenza export <folder>");
  const paths: string[] = [];
  for (const folder of FOLDERS)
    if (lstatSync(join(root, folder), { throwIfNoEntry: false })) collect(root, folder, paths, 0);
  if (paths.length === 0)
    throw new Unusable(`${root} has no sequences.`, "They are in sequences/<key>/sequence.yaml.");
  return paths.sort().map((path) => ({ path, text: readText(root, path) }));
}

function collect(root: string, path: string, paths: string[], depth: number) {
  const stat = lstatSync(join(root, path));
  if (stat.isSymbolicLink()) throw refused(path, "is a symbolic link, which may lead out of the folder");
  if (stat.isDirectory()) {
    if (depth > 3) throw refused(path, "is nested too deep");
    for (const name of readdirSync(join(root, path)))
      if (!name.startsWith(".") && name !== "README.md") collect(root, `${path}/${name}`, paths, depth + 1);
    return;
  }
  if (!KNOWN.test(path)) return;
  if (!stat.isFile()) throw refused(path, "is not a file");
  if (stat.size > MOST_BYTES) throw refused(path, "is larger than 1 MB");
  if (paths.push(path) > MOST_FILES)
    throw refused(path, `is one file too many: a folder has at most ${MOST_FILES}`);
}

function readText(root: string, path: string) {
  const bytes = readFileSync(join(root, path));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refused(path, "is not text in UTF-8");
  }
}

function refused(path: string, why: string) {
  return new Unusable(`${path}, line 1: ${why}.`, "Nothing was sent.");
}

const SAFE =
  /^(?:sequences\/[a-z0-9][a-z0-9-]*\/[A-Za-z0-9][\w-]*|(?:schedules|rulesets|templates|fields)\/[a-z0-9][a-z0-9-]*)\.(?:yaml|html)$/;

export type Written = { written: string[]; unchanged: number; left: string[] };

/** `left` are files of the same sequences that the server does not have; they stay, unless they are to be pruned. */
export function writeFolder(root: string, files: readonly SequenceFile[], prunes: boolean): Written {
  const unsafe = files.find(({ path }) => !SAFE.test(path));
  if (unsafe)
    throw new Unusable(`The server sent a file name that is not safe: ${unsafe.path.slice(0, 200)}`);
  const done: Written = { written: [], unchanged: 0, left: [] };
  for (const { path, text } of files) {
    refuseLinks(root, path);
    const target = join(root, path);
    if (lstatSync(target, { throwIfNoEntry: false })?.isFile() && readFileSync(target, "utf8") === text) {
      done.unchanged++;
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    done.written.push(path);
  }
  done.left = leftIn(root, files);
  if (prunes) for (const path of done.left) rmSync(join(root, path));
  return done;
}

/** No part of the path below the folder is a link to elsewhere. */
function refuseLinks(root: string, path: string) {
  const parts = path.split("/");
  for (let end = 1; end <= parts.length; end++) {
    const part = parts.slice(0, end).join("/");
    if (lstatSync(join(root, part), { throwIfNoEntry: false })?.isSymbolicLink())
      throw refused(part, "is a symbolic link, which may lead out of the folder");
  }
}

function leftIn(root: string, files: readonly SequenceFile[]) {
  const known = new Set(files.map(({ path }) => path));
  const twice = sameKey(root, files);
  const folders = new Set(
    [...known, ...twice].filter((path) => /^sequences\/[^/]+\//.test(path)).map((path) => dirname(path)),
  );
  const inFolders = [...folders].flatMap((folder) => filesIn(root, folder));
  return [...new Set([...twice, ...inFolders])].filter((path) => !known.has(path)).sort();
}

/** A key that two files have is refused, so other files of the keys that were written are left over, whatever their names are. */
function sameKey(root: string, files: readonly SequenceFile[]) {
  const written = new Set(files.flatMap(({ path, text }) => keyIn(path, text) ?? []));
  const folders = existing(root, "sequences").map(({ name }) => `sequences/${name}`);
  return [...FOLDERS, ...folders]
    .flatMap((folder) => filesIn(root, folder))
    .filter((path) => {
      const text = path.startsWith("sequences/") ? readFileSync(join(root, path), "utf8") : "";
      return written.has(keyIn(path, text) ?? "");
    });
}

/** Null where it is no record but a text of one. */
function keyIn(path: string, text: string): string | null {
  if (!path.startsWith("sequences/")) return path.replace(/\.\w+$/, "");
  const key = /\.ya?ml$/.test(path) && /^key:\s*(["']?)([a-z0-9-]+)\1\s*(?:#.*)?$/m.exec(text)?.[2];
  return key ? `sequences/${key}` : null;
}

function filesIn(root: string, folder: string) {
  return existing(root, folder)
    .filter((one) => one.isFile() && KNOWN.test(one.name) && one.name !== "README.md")
    .map(({ name }) => `${folder}/${name}`);
}

/** What a link leads to is not looked at. */
function existing(root: string, folder: string) {
  const isFolder = lstatSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? readdirSync(join(root, folder), { withFileTypes: true }) : [];
}

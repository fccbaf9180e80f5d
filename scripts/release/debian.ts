// The Debian package: a release below /usr/lib/cadenza, the command, three systemd units and their settings. Built without root.

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT } from "../packages.mjs";
import { Sentence } from "../sentence.mjs";
import type { Version } from "./commit.ts";

const PARTS = join(ROOT, "scripts", "release", "debian");
const ARCHITECTURES: Partial<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

export const DEPENDS = "adduser, libatomic1, libc6 (>= 2.28), libstdc++6";

/** The whole server in one process, or its two halves with a PostgreSQL of the operator's own. */
const UNITS = [
  { name: "cadenza", role: "all", words: "API, web app and engine", conflicts: "cadenza-api cadenza-engine" },
  { name: "cadenza-api", role: "api", words: "API and web app", conflicts: "cadenza" },
  { name: "cadenza-engine", role: "engine", words: "engine", conflicts: "cadenza" },
];

/** `release` is a folder as `layOut` makes it. Answers the packed file. */
export function packForDebian(release: string, into: string, version: Version): string {
  const architecture = ARCHITECTURES[process.arch] ?? process.arch;
  const tree = mkdtempSync(join(tmpdir(), "cadenza-debian-"));
  const file = join(into, `cadenza_${version.number}_${architecture}.deb`);
  try {
    chmodSync(tree, 0o755);
    layOutTree(tree, release);
    writeControl(tree, version, architecture);
    dpkgDeb(["--root-owner-group", "-Zxz", "--build", tree, file], version);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return file;
}

function layOutTree(tree: string, release: string) {
  const folder = (path: string) => {
    mkdirSync(join(tree, path), { recursive: true, mode: 0o755 });
    return join(tree, path);
  };
  cpSync(release, join(folder("usr/lib"), "cadenza"), { recursive: true, verbatimSymlinks: true });
  symlinkSync("../lib/cadenza/cadenza", join(folder("usr/bin"), "cadenza"));
  const units = folder("lib/systemd/system");
  for (const { name, ...unit } of UNITS) writeFileSync(join(units, `${name}.service`), unitText(unit));
  const settings = join(folder("etc/cadenza"), "cadenza.env");
  cpSync(join(PARTS, "cadenza.env"), settings);
  chmodSync(settings, 0o600); // passwords stand in it; systemd reads it as root
  const documents = folder("usr/share/doc/cadenza");
  cpSync(join(ROOT, "LICENSE"), join(documents, "copyright"));
  writeFileSync(
    join(documents, "changelog.gz"),
    gzipSync(readFileSync(join(ROOT, "CHANGELOG.md")), { level: 9 }),
  );
}

function unitText({ role, words, conflicts }: Omit<(typeof UNITS)[number], "name">) {
  const others = conflicts.split(" ").map((name) => `${name}.service`);
  return readFileSync(join(PARTS, "cadenza.service"), "utf8")
    .replace("ROLE_WORDS", words)
    .replace("CONFLICTS", `Conflicts=${others.join(" ")}`)
    .replace("=ROLE\n", `=${role}\n`);
}

function writeControl(tree: string, { number }: Version, architecture: string) {
  const control = join(tree, "DEBIAN");
  mkdirSync(control, { mode: 0o755 });
  for (const name of ["postinst", "prerm", "postrm"]) {
    cpSync(join(PARTS, name), join(control, name));
    chmodSync(join(control, name), 0o755);
  }
  writeFileSync(join(control, "conffiles"), "/etc/cadenza/cadenza.env\n");
  writeFileSync(
    join(control, "control"),
    `Package: cadenza
Version: ${number}
Architecture: ${architecture}
Maintainer: The Cadenza project <packages@cadenza.example>
Installed-Size: ${Math.ceil(sizeOf(tree) / 1024)}
Depends: ${DEPENDS}
Section: net
Priority: optional
Description: self-hosted sales sequences that speak Apollo.io's API
 Email, calls and LinkedIn steps from your own mailboxes, which stop on a
 reply and explain every wait. It has Node and PostgreSQL in it.
`,
  );
}

function sizeOf(tree: string) {
  return readdirSync(tree, { recursive: true, encoding: "utf8" })
    .map((path) => lstatSync(join(tree, path)))
    .reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);
}

/** Names in order, and the time of the commit: dpkg-deb takes both from here. */
function dpkgDeb(args: readonly string[], { secondsOfCommit }: Version) {
  try {
    execFileSync("dpkg-deb", args, {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(secondsOfCommit) },
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch {
    throw new Sentence("The Debian package needs the program dpkg-deb (Debian: apt install dpkg).");
  }
}

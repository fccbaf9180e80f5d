// What the rig runs, and one sentence where something of it is missing.

import { existsSync } from "node:fs";
import { findProgram } from "../release/beside/program.ts";
import { Sentence } from "../sentence.mjs";

const POSTGRESQL = "/usr/lib/postgresql/15/bin";

/** Each with Debian's packages that bring it. */
const PACKAGES: Record<string, string> = {
  patroni: "patroni python3-etcd",
  etcd: "etcd-server",
  haproxy: "haproxy",
  ip: "iproute2",
  unshare: "util-linux",
};

/** Fails with what to do where the rig cannot run on this machine. */
export function findPrograms() {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    throw new Sentence("npm run ha needs Linux and root: each server has a network and a disk of its own.");
  const missing = Object.keys(PACKAGES).filter((name) => findProgram(name) === null);
  const packages = missing.map((name) => PACKAGES[name] as string);
  if (!existsSync(`${POSTGRESQL}/postgres`)) {
    missing.push("PostgreSQL 15");
    packages.push("postgresql-15");
  }
  if (missing.length > 0)
    throw new Sentence(
      `npm run ha needs ${missing.join(" and ")}, not installed here: apt-get install ${packages.join(" ")}`,
    );
}

export function programAt(name: string) {
  return findProgram(name) ?? name;
}

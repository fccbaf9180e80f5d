// The configuration files of deploy/high-availability, as docs/operate/high-availability.md shows them. The rig changes only what it
// names here: where things lie on this machine.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../packages.mjs";
import { withInstead } from "../release/beside/with-instead.ts";

type FileName = "etcd.env" | "patroni.yml" | "haproxy.cfg" | "cadenza.env";

export const readFile = (name: FileName) =>
  readFileSync(join(ROOT, "deploy", "high-availability", name), "utf8");

/** In the place of HAProxy, the three servers by name. */
export const SERVERS =
  "postgres://cadenza:choose-a-fourth@10.0.0.11:5432,10.0.0.12:5432,10.0.0.13:5432/cadenza?target_session_attrs=read-write";

const SAME = "# The same on all three";

type Place = { name: string; address: string };

/** The first part has the name and the address of each machine. */
export function fileFor(name: FileName, machine: Place, changes: Record<string, string>) {
  const [own = "", same] = readFile(name).split(SAME);
  if (same === undefined) throw new Error(`${name} says nowhere "${SAME}"`);
  const named = own.replaceAll("db1", machine.name).replaceAll("10.0.0.11", machine.address);
  return withInstead(`${named}${SAME}${same}`, changes);
}

/** NAME=value, one a line, as systemd reads it. */
export function environmentIn(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

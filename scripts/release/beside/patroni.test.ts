// Debian's Patroni, etcd and HAProxy around Cadenza, as docs/operate/high-availability.md sets them up: the primary dies, and the next one
// is frozen and wakes again. `npm run ha` does that and more a hundred times.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { findPrograms } from "../../high-availability/programs.ts";
import { ROOT } from "../../packages.mjs";

const MAIN = join(ROOT, "scripts", "high-availability", "main.ts");

test("emails go on after a failover, none twice and none lost, and no person confirms", async () => {
  findPrograms();
  const child = spawn(process.execPath, [MAIN, "--short"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (piece: Buffer) => {
      said += piece.toString();
    });
  const [code] = await once(child, "close");
  assert.equal(code, 0, said);
  assert.equal([...said.matchAll(/next email after/g)].length, 2, said);
});

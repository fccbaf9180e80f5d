// The rules of when against a second opinion (domain/sequences/cadence-oracle.test.ts): so many random instants, windows and
// holidays, and no difference.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TortureFault } from "./fault.ts";
import { NOTHING } from "./verdict.ts";

const ORACLE = fileURLToPath(new URL("../../domain/sequences/cadence-oracle.test.ts", import.meta.url));

export const oracle: TortureFault = {
  name: "time zones, windows and holidays against an oracle",
  unit: "cases",
  short: 1_000, // its own test tries more
  full: 100_000,
  portion: 20_000,
  async run(seed, size) {
    const began = performance.now();
    const env = { ...process.env, CADENZA_ORACLE_SEED: String(seed), CADENZA_ORACLE_CASES: String(size) };
    const child = spawn(process.execPath, [ORACLE], { env, stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    const [code] = await once(child, "close");
    const first = /CADENZA_ORACLE_SEED=\d+ CADENZA_ORACLE_CASE=\d+/.exec(said)?.[0];
    return {
      ...NOTHING,
      lookedAt: { runs: 1 },
      seconds: Math.round((performance.now() - began) / 1_000),
      complaints: code === 0 ? [] : [first ?? said.slice(-1_000)],
    };
  },
};

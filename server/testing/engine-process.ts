// An engine in a process of its own, for tests that kill it. One kind of long work is replaced there by a probe,
// whose effect is one event per item.
//
// Run as a program it is that engine; imported, it starts one.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { readConfig } from "../config.ts";
import { type BatchHandler, byItems, LONG_JOBS } from "../engine/upkeep/long-jobs.ts";
import { byCaller, record } from "../features/events/events/store.ts";
import { openLog } from "../kernel/log.ts";
import { start } from "../start.ts";
import { urlOf, type World } from "./world.ts";

/** The type of long work whose place the probe takes: no test in another process starts the real one. */
export const PROBE = "account_bulk_update" as const;

/** One event per item, laid to the item; `fails` names items that make their batch fail. */
export const probe: BatchHandler = async (act, instructions, itemKeys) => {
  const fails = (instructions.fails ?? []) as string[];
  if (itemKeys.some((key) => fails.includes(key))) throw new Error("the probe was told to fail");
  await record(
    byCaller(act),
    ...itemKeys.map((id) => ({ type: "team.changed" as const, subject: { type: "team" as const, id } })),
  );
  return itemKeys.map(() => ({ outcome: "probed" }));
};

type EngineProcess = { process: ChildProcess; ended: Promise<string | number>; stop(): Promise<void> };

/** Works on the world's database, with the world's key file. `crash` is a plan as CADENZA_CRASH takes it. */
export function startEngineProcess(
  world: Pick<World, "ownerConnection" | "running">,
  env: Record<string, string> = {},
): EngineProcess {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), "--role=engine"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: urlOf(world.ownerConnection),
      CADENZA_KEY_FILE: world.running.app.config.keyFile,
      CADENZA_DATA_DIR: world.running.app.config.dataDir,
      CADENZA_DATABASE_CONNECTIONS: "4",
      CADENZA_LOG_LEVEL: "silent",
      ...env,
    },
  });
  const ended = once(child, "exit").then(([code, signal]) => (signal ?? code) as string | number);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  };
  return { process: child, ended, stop };
}

if (import.meta.main) {
  LONG_JOBS[PROBE] = byItems(probe);
  const config = readConfig();
  await start(config, openLog(config.logLevel));
}

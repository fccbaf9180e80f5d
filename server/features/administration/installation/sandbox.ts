// The time of a sandbox, as it is stored with the installation. A sandbox stays one: as anything else, it would send to real
// people what was made for invented ones, and a real installation would never send again.

import type { Config } from "../../../config.ts";
import type { ConnectionOptions, Database } from "../../../db/connect.ts";
import { openSnapshots } from "../../../db/sandbox-snapshots.ts";
import { openSandboxTime, type Sandbox, type SandboxState } from "../../../sandbox-time.ts";
import { BadConfiguration } from "../../../setting-values.ts";
import { type InstallationRow, saveSandbox } from "./store.ts";

/** Null: this is no sandbox. */
export function openSandbox(
  { sandbox: wanted }: Pick<Config, "sandbox">,
  db: Database,
  known: InstallationRow | null,
  now: Temporal.Instant,
  owner: ConnectionOptions,
): Sandbox | null {
  if (known && (known.sandboxAt !== null) !== (wanted !== null)) throw new BadConfiguration(whyNot(wanted));
  if (!wanted) return null;
  const begins = { at: wanted.at ?? now, speed: wanted.at ? 0 : 1, goal: null };
  const stored = known?.sandboxAt && {
    at: known.sandboxAt,
    speed: known.sandboxSpeed ?? 0,
    goal: known.sandboxGoal,
  };
  const save = (state: SandboxState) => db.inTransaction((open) => saveSandbox(open, state));
  return { ...openSandboxTime(stored ?? begins, save), snapshots: openSnapshots(owner) };
}

function whyNot(wanted: Config["sandbox"]) {
  return wanted
    ? "This installation is not a sandbox and cannot become one. Start it without CADENZA_SANDBOX, or give the sandbox another CADENZA_DATA_DIR or DATABASE_URL."
    : "This installation is a sandbox and cannot become anything else. Start it with CADENZA_SANDBOX=1.";
}

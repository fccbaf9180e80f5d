// The time of a sandbox, as callers move it. The engine does the moving; a caller waits for it, or looks again later.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../../app.ts";
import type { SandboxSnapshot } from "../../../db/sandbox-snapshots.ts";
import { CannotSnapshot } from "../../../db/snapshot-tables.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { Goal, Sandbox } from "../../../sandbox-time.ts";
import { forgetProfiles } from "../../identity/sandbox-profiles/commands.ts";
import { forgetFaults } from "../../sending/sandbox-faults/commands.ts";

const MOST_YEARS = 10;

type AdvanceWish = {
  lengthMs: number | null;
  until: Temporal.Instant | null;
  next: boolean;
  waitSeconds: number;
};

export type Advanced = { from: Temporal.Instant; isDone: boolean };

export function sandboxOf({ sandbox }: Pick<App, "sandbox">): Sandbox {
  if (!sandbox) throw new Error("calls for a sandbox are refused elsewhere before they come here");
  return sandbox;
}

/** Waits with no transaction open. */
export async function advance(app: App, wish: AdvanceWish): Promise<Advanced> {
  const time = sandboxOf(app);
  const goal = goalOf(time.now(), wish);
  const from = time.now();
  const arrival = await time.startAdvance(goal);
  if (!arrival) throw new Refusal("sandbox_advances");
  const giveUp = new AbortController();
  const isDone = await Promise.race([
    arrival.done.then(() => true),
    sleep(wish.waitSeconds * 1000, false, { signal: giveUp.signal }).catch(() => false),
  ]);
  giveUp.abort();
  return { from, isDone };
}

function goalOf(now: Temporal.Instant, { lengthMs, until, next }: AdvanceWish): Goal {
  if ([lengthMs !== null, until !== null, next].filter(Boolean).length > 1)
    throw new Refusal("sandbox_goal_unclear");
  if (next) return "next";
  const goal = until ?? now.add({ milliseconds: Math.round(lengthMs ?? 0) });
  if (Temporal.Instant.compare(goal, now) < 0)
    throw new Refusal("sandbox_time_backwards", { now: `${now}`, until: `${goal}` });
  if (Temporal.Instant.compare(goal, now.add({ hours: MOST_YEARS * 366 * 24 })) > 0)
    throw new Refusal("sandbox_time_too_far", { most: MOST_YEARS });
  return goal;
}

/** Does nothing where it is being moved to a certain time: then it stands still when it is there. */
export function setSpeed(app: App, speed: number) {
  const sandbox = sandboxOf(app);
  return sandbox.whenQuiet(() => sandbox.setSpeed(speed)); // or a step that has begun would come after the answer
}

/** Of everything, once nothing is left to do. */
export async function takeSnapshot(app: App, name: string | null) {
  const sandbox = sandboxOf(app);
  return sandbox.whenQuiet(() => sandbox.snapshots.take(name, sandbox.now()));
}

export async function listSnapshots(app: App) {
  return sandboxOf(app).snapshots.list();
}

export async function restoreSnapshot(app: App, id: string) {
  const sandbox = sandboxOf(app);
  return goBack(app, sandbox, async () => {
    const found = await sandbox.snapshots.restore(id);
    if (!found) throw new Refusal("record_not_found");
    return found;
  });
}

export async function deleteSnapshot(app: App, id: string) {
  if (!(await sandboxOf(app).snapshots.delete(id))) throw new Refusal("record_not_found");
}

export async function reset(app: App) {
  const sandbox = sandboxOf(app);
  await goBack(app, sandbox, () => sandbox.snapshots.reset());
}

async function goBack(app: App, sandbox: Sandbox, work: () => Promise<SandboxSnapshot>) {
  try {
    return await sandbox.whenQuiet(async () => {
      const then = await work();
      await sandbox.putBack(then.at);
      app.forgetCallers();
      forgetFaults(app);
      forgetProfiles(app);
      return then;
    });
  } catch (error) {
    throw error instanceof CannotSnapshot ? new Refusal("sandbox_snapshots_unavailable") : error;
  }
}

// The engine of a sandbox. Whatever is due is done, by the code that does it everywhere; then the time is moved to the next thing
// that happens, as far as it may go. Loops that sleep would miss the moment they were waiting for, so there is one here in
// their place. Jobs, webhooks and workflows go on in loops of their own, and the time waits for them.

import type { SandboxTime } from "../../sandbox-time.ts";
import type { Engine } from "../running/engine.ts";
import { openDue } from "./do-what-is-due.ts";

const LOOK_EVERY_MS = 200;
/** What follows others is done at least so often. */
const LONGEST_STEP = { hours: 6 };
const FAR_AHEAD = { hours: 24 * 366 };

export async function turnTime(engine: Engine, time: SandboxTime, calls: ReadonlySet<Promise<unknown>>) {
  const { app, stopping } = engine;
  const due = openDue(engine, calls);
  while (!stopping.aborted) {
    try {
      const asked = time.goal();
      const left = await due.settle();
      if (stopping.aborted) return;
      const besides = await time.doBesides();
      if (besides.did > 0) continue;
      // Asked to move meanwhile: what was done just before that may not have been there when it was looked for.
      if (time.goal() !== asked) continue;
      const next = laterThan(time.now(), besides.next ? [...left, besides.next] : left);
      if (await time.doWhatWaits()) {
        due.forget();
        continue;
      }
      const target = time.target();
      if (target === "next") {
        await time.aimAt(next && isBefore(next, time.now().add(FAR_AHEAD)) ? next : time.now());
        continue;
      }
      if (!isBefore(time.now(), target)) {
        if (time.goal() === null) await time.wake.pause(LOOK_EVERY_MS, stopping);
        else {
          due.endRests();
          await due.untilEventsAreSeen();
          await time.endAdvance();
        }
        continue;
      }
      await moveToFirst([target, next, time.now().add(LONGEST_STEP)]);
    } catch (error) {
      app.log.warn({ err: error }, "the time of the sandbox could not be moved and is tried again");
      await time.wake.pause(LOOK_EVERY_MS, stopping);
    }
  }

  async function moveToFirst(places: readonly (Temporal.Instant | null)[]) {
    const [first] = places.filter((at) => at !== null).sort(Temporal.Instant.compare);
    if (first) await time.moveTo(first);
  }
}

function laterThan(now: Temporal.Instant, next: readonly Temporal.Instant[]) {
  const [first] = next.filter((at) => isBefore(now, at)).sort(Temporal.Instant.compare);
  return first ?? null;
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant) {
  return Temporal.Instant.compare(a, b) < 0;
}

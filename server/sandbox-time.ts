// The time of a sandbox. It stands still until it is moved: by real time, by a multiple of it, or to an instant that
// a caller names. The engine moves it, from one thing that happens to the next, once nothing is left to do.
//
// Each move is written down before anybody goes by it. After a crash the time is never earlier than what is stored.

import type { SandboxSnapshots } from "./db/sandbox-snapshots.ts";
import { makeWake } from "./runtime/wakeable-loop.ts";

export type SandboxState = {
  at: Temporal.Instant;
  /** How many times as fast as real time; 0: it stands still. */
  speed: number;
  /** Where it is to be moved to. */
  goal: Temporal.Instant | null;
};

type Save = (state: SandboxState) => Promise<unknown>;

/** To an instant, or to whatever happens next. */
export type Goal = Temporal.Instant | "next";

export type SandboxTime = ReturnType<typeof openSandboxTime>;

export type Sandbox = SandboxTime & { snapshots: SandboxSnapshots };

/** What users would do in the app: how much of it was done now, and when there is more to do. */
export type Besides = () => Promise<{ did: number; next: Temporal.Instant | null }>;

/** Over at once where it was reached; otherwise when the engine has come there. */
type Advance = { goal: Goal; done: PromiseWithResolvers<void> };

export function openSandboxTime(
  known: SandboxState,
  save: Save,
  elapsedMs: () => number = () => performance.now(),
) {
  let { at, speed } = known;
  let base = { at, elapsedMs: elapsedMs() };
  let advance: Advance | null = known.goal && begun(known.goal);
  const wake = makeWake();
  const waitingForQuiet: (() => Promise<void>)[] = [];
  let besides: Besides = async () => ({ did: 0, next: null });

  const goalNow = () => (advance && advance.goal !== "next" ? advance.goal : null);
  const keep = (changed: Partial<SandboxState>) => save({ at, speed, goal: goalNow(), ...changed });
  /** From now on it is counted anew how far real time has taken it. */
  const rebase = () => {
    base = { at, elapsedMs: elapsedMs() };
  };

  return {
    now: () => at,
    speed: () => speed,
    goal: () => advance?.goal ?? null,
    state: (): SandboxState => ({ at, speed, goal: goalNow() }),
    /** Pauses the engine's rounds, and wakes them. */
    wake,

    /** Where the engine is to bring it: as far as was asked, or as far as real time has gone. */
    target(): Goal {
      if (advance) return advance.goal;
      return speed === 0
        ? at
        : base.at.add({ milliseconds: Math.floor((elapsedMs() - base.elapsedMs) * speed) });
    },

    async moveTo(next: Temporal.Instant) {
      if (Temporal.Instant.compare(next, at) <= 0) return;
      await keep({ at: next });
      at = next;
    },

    async setSpeed(next: number) {
      await keep({ speed: next });
      rebase();
      speed = next;
      wake.wake();
    },

    /** Null: it is being moved already. */
    async startAdvance(goal: Goal): Promise<{ done: Promise<void> } | null> {
      if (advance) return null;
      const begunNow = begun(goal);
      advance = begunNow;
      await keep({}).catch((error) => {
        advance = null;
        throw error;
      });
      wake.wake();
      return { done: begunNow.done.promise };
    },

    /** What happens next is known now. */
    async aimAt(goal: Temporal.Instant) {
      if (advance?.goal !== "next") return;
      advance.goal = goal;
      await keep({});
    },

    /** The engine does the work once nothing is left to do, and before the time goes on. */
    async whenQuiet<T>(work: () => Promise<T>): Promise<T> {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      waitingForQuiet.push(() => work().then(resolve, reject));
      wake.wake();
      return promise;
    },

    /** What was given to `whenQuiet`. Answers whether there was any. */
    async doWhatWaits() {
      const waiting = waitingForQuiet.splice(0);
      for (const work of waiting) await work();
      return waiting.length > 0;
    },

    /** Done each time that nothing else is left to do, before the time goes on. */
    alsoDo(work: Besides) {
      besides = work;
    },

    doBesides: () => besides(),

    /** Back to where a snapshot had it. It stands still there. */
    async putBack(then: Temporal.Instant) {
      await save({ at: then, speed: 0, goal: null });
      at = then;
      speed = 0;
      advance?.done.resolve();
      advance = null;
      rebase();
    },

    /** It is there, and nothing is left to do. */
    async endAdvance() {
      if (!advance) return;
      const { done } = advance;
      await keep({ goal: null });
      advance = null;
      rebase();
      done.resolve();
    },
  };
}

function begun(goal: Goal): Advance {
  return { goal, done: Promise.withResolvers<void>() };
}

// The counter the door asks. It has a life of its own: without limits it keeps what this process has
// counted since it last wrote it down, once a second. What a crash can lose is that second's counts;
// where limits are set nothing is kept here, and nothing can be lost or overshot.

import type { App, Caller } from "../../app.ts";
import type { UsageCounter, Windows } from "../../usage.ts";
import { noteUses } from "../api-keys/store.ts";
import { noteGrantUses } from "../oauth-grants/store.ts";
import { addCalls, findUsage } from "./store.ts";

const WRITE_EVERY_MS = 1_000;

type Tally = { teamId: string; scope: string; windows: Windows; unwritten: number };

export type Counter = UsageCounter & {
  noteUse(caller: Caller): void;
  /** Writes down what is counted so far, for whoever wants to read it now. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

export function openCounter(app: Pick<App, "db" | "now" | "log">): Counter {
  const tallies = new Map<string, Tally>();
  const used = { key: new Map<string, Set<string>>(), token: new Map<string, Set<string>>() };
  let writing: Promise<void> = Promise.resolve();

  async function write() {
    const counted = [...tallies.values()].filter((tally) => tally.unwritten > 0);
    const [keys, grants] = [[...used.key], [...used.token]];
    used.key.clear();
    used.token.clear();
    try {
      for (const tally of counted) await writeTally(app, tally);
      for (const [teamId, ids] of keys)
        await app.db.inTeam(teamId, (db) => noteUses(db, teamId, [...ids], app.now()));
      for (const [teamId, ids] of grants)
        await app.db.inTeam(teamId, (db) => noteGrantUses(db, teamId, [...ids], app.now()));
    } catch (error) {
      app.log.warn({ err: error }, "usage could not be written down; it is kept for the next try");
    }
  }

  const flush = () => (writing = writing.then(write));
  const timer = setInterval(flush, WRITE_EVERY_MS);
  timer.unref();

  return {
    async take(teamId, scope, limits, now) {
      const counted = await app.db.inTeam(teamId, async (db) => {
        const added = await addCalls(db, teamId, scope, 1, limits, now);
        return { taken: added !== null, windows: added ?? (await findUsage(db, teamId, scope)) };
      });
      return { taken: counted.taken, windows: counted.windows ?? opened(now, 0) };
    },
    note(teamId, scope, now) {
      const name = `${teamId} ${scope}`;
      const tally = tallies.get(name);
      if (!tally) {
        const first = { teamId, scope, windows: opened(now, 1), unwritten: 1 };
        tallies.set(name, first);
        return first.windows;
      }
      tally.unwritten += 1;
      tally.windows = oneMore(tally.windows, now);
      return tally.windows;
    },
    noteUse({ teamId, credential }) {
      if (credential.kind !== "key" && credential.kind !== "token") return;
      const ids = used[credential.kind].get(teamId) ?? new Set<string>();
      used[credential.kind].set(teamId, ids.add(credential.id));
    },
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}

/** What comes back counts all processes' calls; those made while it was under way are added again. */
async function writeTally(app: Pick<App, "db" | "now">, tally: Tally) {
  const calls = tally.unwritten;
  const total = await app.db.inTeam(tally.teamId, (db) =>
    addCalls(db, tally.teamId, tally.scope, calls, null, app.now()),
  );
  tally.unwritten -= calls;
  if (!total) return;
  const { unwritten } = tally;
  const { minuteCount, hourCount, dayCount } = total;
  tally.windows = {
    ...total,
    minuteCount: minuteCount + unwritten,
    hourCount: hourCount + unwritten,
    dayCount: dayCount + unwritten,
  };
}

function opened(now: Temporal.Instant, count: number): Windows {
  return {
    minuteStarted: now,
    minuteCount: count,
    hourStarted: now,
    hourCount: count,
    dayStarted: now,
    dayCount: count,
  };
}

function oneMore(windows: Windows, now: Temporal.Instant): Windows {
  const ageMs = (started: Temporal.Instant) => now.epochMilliseconds - started.epochMilliseconds;
  const minuteOver = ageMs(windows.minuteStarted) >= 60_000;
  const hourOver = ageMs(windows.hourStarted) >= 3_600_000;
  const dayOver = ageMs(windows.dayStarted) >= 86_400_000;
  return {
    minuteStarted: minuteOver ? now : windows.minuteStarted,
    minuteCount: (minuteOver ? 0 : windows.minuteCount) + 1,
    hourStarted: hourOver ? now : windows.hourStarted,
    hourCount: (hourOver ? 0 : windows.hourCount) + 1,
    dayStarted: dayOver ? now : windows.dayStarted,
    dayCount: (dayOver ? 0 : windows.dayCount) + 1,
  };
}

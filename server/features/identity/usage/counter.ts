// The counter of calls. Without limits it collects this process's calls and writes them once a second, so a crash can
// lose one second's calls. Where limits are set nothing is collected here, and nothing can be lost or overshot.

import type { App, Caller } from "../../../app.ts";
import type { UsageCounter, Windows } from "../../../kernel/usage.ts";
import { noteUses } from "../api-keys/store.ts";
import { noteGrantUses } from "../oauth-grants/store.ts";
import { type ApiUsageRow, addCalls, findUsage } from "./store.ts";

const WRITE_EVERY_MS = 1_000;

type Tally = {
  teamId: string;
  scope: string;
  windows: Windows;
  unwritten: number;
  /** Of those, what is on its way to the database: who reads meanwhile may find them there. */
  underway: number;
};

export type Counter = UsageCounter & {
  noteUse(caller: Caller): void;
  /** What is written down, with what this process has counted since. */
  withUnwritten(teamId: string, written: readonly ApiUsageRow[], now: Temporal.Instant): ApiUsageRow[];
  /** Writes down what is counted so far. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

export function openCounter(app: Pick<App, "db" | "now" | "log">): Counter {
  const tallies = new Map<string, Tally>();
  const used = { key: new Map<string, Set<string>>(), token: new Map<string, Set<string>>() };
  let writing: Promise<void> | null = null;

  async function write() {
    const counted = [...tallies.values()].filter((tally) => tally.unwritten > 0);
    try {
      for (const tally of counted) await writeTally(app, tally);
      for (const [kind, note] of [
        ["key", noteUses],
        ["token", noteGrantUses],
      ] as const)
        for (const [teamId, ids] of [...used[kind]]) {
          used[kind].delete(teamId);
          await app.db
            .inTeam(teamId, (db) => note(db, teamId, [...ids], app.now()))
            .catch((error) => {
              used[kind].set(teamId, ids.union(used[kind].get(teamId) ?? new Set()));
              throw error;
            });
        }
    } catch (error) {
      app.log.warn({ err: error }, "usage could not be recorded; it is kept for the next attempt");
    }
  }

  const writeNow = () => {
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  };
  const flush = async () => {
    await writing; // it does not know what was counted since it began
    await writeNow();
  };
  const timer = setInterval(writeNow, WRITE_EVERY_MS); // one at a time: where it takes long the next begins when it is done
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
        const first = { teamId, scope, windows: opened(now, 1), unwritten: 1, underway: 0 };
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
    withUnwritten(teamId, written, now) {
      const rows = new Map(written.map((row) => [row.scope, row]));
      for (const tally of tallies.values())
        if (tally.teamId === teamId && tally.unwritten > 0)
          rows.set(tally.scope, { scope: tally.scope, ...asCounted(tally, rows.get(tally.scope), now) });
      return [...rows.values()].sort((a, b) => (a.scope < b.scope ? -1 : 1));
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
  tally.underway = calls;
  const total = await app.db
    .inTeam(tally.teamId, (db) => addCalls(db, tally.teamId, tally.scope, calls, null, app.now()))
    .finally(() => {
      tally.underway = 0;
    });
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

/** Never more than was called: what is on its way may be in the row already. */
function asCounted(
  { windows, unwritten, underway }: Tally,
  row: Windows | undefined,
  now: Temporal.Instant,
): Windows {
  if (!row) return windows;
  const more = unwritten - underway;
  const count = (kind: "minute" | "hour" | "day", length: Temporal.DurationLike) => {
    const isOpen = (started: Temporal.Instant) => Temporal.Instant.compare(started.add(length), now) > 0;
    const [ours, theirs] = [windows[`${kind}Started`], row[`${kind}Started`]];
    if (!isOpen(theirs)) return { started: ours, count: windows[`${kind}Count`] };
    const known = isOpen(ours) ? windows[`${kind}Count`] : 0;
    return { started: theirs, count: Math.max(row[`${kind}Count`] + more, known) };
  };
  const [minute, hour, day] = [
    count("minute", { minutes: 1 }),
    count("hour", { hours: 1 }),
    count("day", { hours: 24 }),
  ];
  return {
    minuteStarted: minute.started,
    minuteCount: minute.count,
    hourStarted: hour.started,
    hourCount: hour.count,
    dayStarted: day.started,
    dayCount: day.count,
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

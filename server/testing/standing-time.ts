// The engine of every installation, all of its loops, under a clock that stands and is turned. It is turned to what comes next once
// everything is done that is due, so weeks pass as they would have passed, in less time.

import { setTimeout as sleep } from "node:timers/promises";
import { GATE, GATE_CODES } from "../domain/gate/gate.ts";
import type { Check } from "../domain/gate/gate-rules.ts";
import { lookAt } from "../engine/sandbox/looking.ts";
import { mailboxFacts } from "../features/gate/facts/around.ts";
import { readLimits } from "../features/gate/facts/sending-store.ts";
import { roomIn } from "../features/sending/outbox/claiming.ts";
import { PATIENCE_MS } from "./patience.ts";
import type { Team, World } from "./world.ts";

/** Those by which emails go out or stay. Others follow what happened, and are as far behind as the machine is slow. */
const MOVERS = new Set([
  "answer-as-prospects",
  "end-holds",
  "resume-paused",
  "replan",
  "skip-tasks",
  "plan-steps",
  "queue-mails",
  "resolve-doubts",
]);
const LOOK_EVERY_MS = 40;

export function standStill(world: World, at: Temporal.Instant) {
  const { app } = world.running;
  let now = at;
  app.now = () => now;
  app.timeStands = true;
  app.forgetCallers();

  async function comesNext(team: Team): Promise<{ isBusy: boolean; next: Temporal.Instant[] }> {
    const look = await app.db.inTeam(team.id, (db) => lookAt(db, team.id, now));
    const times = look.times.filter(({ loop }) => MOVERS.has(loop));
    const { isSending, free } = await queuesOf(team, look.queues);
    const isDue = times.some(({ due }) => due !== null);
    const isBusy = isDue || isSending || look.news.length > 0 || look.hasClaims || look.hasJobs;
    return { isBusy, next: [...times.flatMap(({ next }) => next ?? []), ...free] };
  }

  /** A queue is at rest where its mailbox has no room. */
  async function queuesOf(team: Team, ids: readonly string[]) {
    const limits = ids.length > 0 ? await app.db.inTeam(team.id, (db) => readLimits(db, team.id, ids)) : [];
    const rooms = limits.map((row) => roomIn(mailboxFacts(row), now));
    return {
      isSending: rooms.some(({ count }) => count > 0),
      free: rooms.filter(({ count }) => count === 0).map(({ freeAt }) => freeAt),
    };
  }

  async function whenQuiet(teams: readonly Team[]) {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(LOOK_EVERY_MS)) {
      const found = await Promise.all(teams.map(comesNext));
      if (!found.some(({ isBusy }) => isBusy)) return found.flatMap(({ next }) => next);
    }
    throw new Error(`at ${now} something is due and is not done`);
  }

  return {
    /** Answers how often the clock was turned. */
    runUntil: (teams: readonly Team[], until: Temporal.Instant) =>
      lookingOnce(async () => {
        for (let turns = 0; ; turns += 1) {
          const [first] = (await whenQuiet(teams)).sort(Temporal.Instant.compare);
          if (!first || Temporal.Instant.compare(first, until) > 0) return turns;
          now = first;
        }
      }),
  };
}

/**
 * No limit changes here, so a contact who waits for one is not looked at before it is free. Otherwise each of them
 * would be looked at every quarter of an hour for four weeks.
 */
export async function lookingOnce<T>(work: () => Promise<T>): Promise<T> {
  const limits: Check[] = GATE_CODES.filter((code) => code.startsWith("limit:")).map((code) => GATE[code]);
  const before = limits.map(({ lookAgain }) => lookAgain);
  for (const limit of limits) delete limit.lookAgain;
  try {
    return await work();
  } finally {
    for (const [n, limit] of limits.entries()) if (before[n]) limit.lookAgain = before[n];
  }
}

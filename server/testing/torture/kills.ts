// Engines that are killed, at any moment or at the worst ones, or that sleep until everybody takes them for dead.

import { setTimeout as sleep } from "node:timers/promises";
import type { CrashPoint } from "../../seams.ts";
import { type Arena, until } from "./arena.ts";
import { fault, pauseOf } from "./fault.ts";

const SLOWLY = { before: "0-25", after: "0-25" };
const PEOPLE_AT_ONCE = 400;

/** There is always something left to send, or the next kill would prove nothing. */
async function keepBusy(arena: Arena) {
  const [row] = await arena.ask<{ left: number }>(
    "select count(*)::int as left from messages where delivery in ('planned', 'claimed')",
  );
  if ((row?.left ?? 0) < 100) await arena.scene({ mailboxes: 2, contacts: PEOPLE_AT_ONCE, waits: [0, 0, 0] });
}

export const randomKills = fault({
  name: "kill -9 of engines at any moment",
  short: 12,
  full: 2_000,
  mood: SLOWLY,
  async strike(arena, size) {
    const { crew, chance } = arena;
    await crew.hireMany(chance.whole(2, 5));
    while (crew.kills < size) {
      await keepBusy(arena);
      await pauseOf(chance, 20, 400);
      await crew.killAny(chance);
      while (crew.hands.length < 2 || (crew.hands.length < 5 && chance.happens(0.5))) crew.hire();
    }
    return undefined;
  },
});

const POINTS: CrashPoint[] = [
  ...(["after-claim", "after-connect", "after-auth", "after-rcpt", "after-body"] as const),
  ...(["gate-before-commit", "gate-after-commit", "dot-written", "reply-read"] as const),
  ...(["event-write", "result-before-commit", "result-after-commit", "reconcile"] as const),
];
const PATIENCE_MS = 20_000;

/** At each of the points, as often as was asked. */
export const namedKills = fault({
  name: "kill -9 at each named point",
  short: 1,
  full: 50,
  mood: SLOWLY,
  async strike(arena, size) {
    const missed: string[] = [];
    const { crew, chance } = arena;
    for (let round = 0; round < size; round++)
      for (const point of POINTS) {
        await keepBusy(arena);
        const hand = crew.hire({ CADENZA_CRASH: `${point}=kill:0.5:${chance.whole(1, 1_000_000)}` });
        const ended = await Promise.race([hand.ended, sleep(PATIENCE_MS, "late")]);
        if (ended === "SIGKILL") crew.kills += 1;
        else missed.push(`nothing was killed at ${point}: ${ended}`);
        await crew.dismiss();
      }
    return missed;
  },
});

const ASLEEP_MS = 5_500; // whoever is not heard of for four seconds counts as dead

/** They sleep at the worst moments, others take over, and then they go on as if nothing had been. */
export const sleepers = fault({
  name: "SIGSTOP until taken for dead, then SIGCONT",
  short: 1,
  full: 50,
  mood: SLOWLY,
  async strike(arena, size) {
    const { crew, chance } = arena;
    const missed: string[] = [];
    for (let round = 0; round < size; round++) {
      await keepBusy(arena);
      const points = chance.shuffled(POINTS.filter((point) => point !== "reconcile")).slice(0, 4);
      const dozing = points.map((point) =>
        crew.hire({ CADENZA_CRASH: `${point}=stop:0.3:${chance.whole(1, 1_000_000)}` }),
      );
      const struck = crew.hire();
      await Promise.all([...dozing, struck].map(({ ready }) => ready));
      await pauseOf(chance, 50, 500);
      struck.process.kill("SIGSTOP");
      await crew.hire().ready;
      await sleep(ASLEEP_MS);
      arena.sleeps += 5;
      for (const { process } of [...dozing, struck]) process.kill("SIGCONT");
      await until(async () => (await underway(arena)) === 0, 3_000);
      await crew.dismiss();
    }
    return missed;
  },
});

async function underway(arena: Arena) {
  const [row] = await arena.ask<{ n: number }>(
    "select count(*)::int as n from messages where delivery in ('claimed', 'dot')",
  );
  return row?.n ?? 0;
}

/** From the kill of the only engine to the next mail that is taken, with another one started at once. */
export const recovery = fault({
  name: "kill -9 of the only engine",
  short: 2,
  full: 20,
  mood: SLOWLY,
  async strike(arena, size) {
    const { crew, chance, sink } = arena;
    const late: string[] = [];
    await crew.hireMany(1);
    for (let round = 0; round < size; round++) {
      await keepBusy(arena);
      const busy = sink.lines().length;
      await until(() => sink.lines().length > busy, 10_000);
      await pauseOf(chance, 0, 300);
      for (const hand of crew.hands) await crew.kill(hand);
      const [began, taken] = [performance.now(), sink.lines().length];
      crew.hire();
      const isBack = await until(() => sink.lines().length > taken, 15_000, 10);
      const took = Math.round(performance.now() - began);
      arena.recoveries.push(took);
      if (!isBack || took > 5_000) late.push(`sending again only after ${took} ms`);
    }
    return late;
  },
});

// Engines that are killed, at any moment or at the worst ones, or that sleep until everybody takes them for dead.

import { setTimeout as sleep } from "node:timers/promises";
import type { CrashPoint } from "../../seams.ts";
import { PATIENCE_MS } from "../patience.ts";
import type { Arena } from "./arena.ts";
import { fault, inRounds, pauseOf } from "./fault.ts";
import { allIsWritten, holdsWithin, keepBusy } from "./ground.ts";

const SLOWLY = { before: "0-25", after: "0-25" };
const PEOPLE = { mailboxes: 2, contacts: 200, waits: [0, 0, 0] };

export const randomKills = fault({
  name: "kill -9 of engines at any moment",
  unit: "kills",
  short: 3,
  full: 2_000,
  portion: 100,
  mood: SLOWLY,
  async strike(arena, size) {
    const { crew, chance } = arena;
    await crew.hireMany(chance.whole(2, 5));
    while (crew.kills < size) {
      await keepBusy(arena, PEOPLE);
      await isSending(arena, 5_000); // where nothing is left to send the next round brings more
      await pauseOf(chance, 0, 300);
      await crew.killAny(chance);
      while (crew.hands.length < 2 || (crew.hands.length < 5 && chance.happens(0.5))) crew.hire();
    }
    return undefined;
  },
});

/** Of the way of a mail, from the plan to its result; incoming mail and answering callers have files of their own. */
const POINTS: CrashPoint[] = [
  ...(["plan-before-commit", "after-claim", "after-connect", "after-auth", "after-rcpt"] as const),
  ...(["after-body", "gate-before-commit", "gate-after-commit", "dot-written", "reply-read"] as const),
  ...(["event-write", "result-before-commit", "result-after-commit", "reconcile"] as const),
];

/** At each of the points, as often as was asked. */
export const namedKills = fault({
  name: "kill -9 at each named point",
  unit: "times each of 14",
  short: 1,
  full: 50,
  portion: 2,
  mood: SLOWLY,
  async strike(arena, size) {
    const { crew, chance } = arena;
    return inRounds(size * POINTS.length, async (n) => {
      const point = POINTS[n % POINTS.length] as CrashPoint;
      await keepBusy(arena, PEOPLE);
      if (point === "plan-before-commit") await arena.scene({ ...PEOPLE, contacts: 40 });
      const share = point === "reconcile" ? 1 : 0.5; // of those who died it may have to clean up but once
      const hand = crew.hire({ CADENZA_CRASH: `${point}=kill:${share}:${chance.whole(1, 1_000_000)}` });
      const ended = await Promise.race([hand.ended, sleep(PATIENCE_MS, "late", { ref: false })]);
      await crew.dismiss();
      return ended === "SIGKILL" ? [] : [`nothing was killed at ${point}: ${ended}`];
    });
  },
});

const ASLEEP_MS = 5_500; // an engine without a sign of life for four seconds counts as dead

/** They sleep at the worst moments, others take over, and then they go on as if nothing had been. */
export const sleepers = fault({
  name: "SIGSTOP until taken for dead, then SIGCONT",
  unit: "rounds of up to five",
  short: 1,
  full: 50,
  portion: 5,
  mood: SLOWLY,
  async strike(arena, size) {
    const { crew, chance } = arena;
    return inRounds(size, async () => {
      await keepBusy(arena, PEOPLE);
      const points = chance.shuffled(POINTS.filter((point) => point !== "reconcile")).slice(0, 4);
      const dozing = points.map((point) =>
        crew.hire({ CADENZA_CRASH: `${point}=stop:0.3:${chance.whole(1, 1_000_000)}` }),
      );
      const struck = crew.hire();
      await Promise.all([...dozing, struck].map(({ ready }) => ready));
      await pauseOf(chance, 50, 500);
      struck.process.kill("SIGSTOP");
      await crew.hire().ready;
      const asleep = await crew.watchAsleep([...dozing, struck], {
        ms: ASLEEP_MS,
        enough: 2,
        atMostMs: PATIENCE_MS,
        meanwhile: () => keepBusy(arena, PEOPLE), // engines that are awake send fast
      });
      for (const { process } of [...dozing, struck]) process.kill("SIGCONT");
      await allIsWritten(arena, 3_000);
      await crew.dismiss();
      return asleep > 1 ? [] : ["nobody fell asleep at a named point"];
    });
  },
});

/** From the kill of the only engine to the next mail that is taken, with another one started at once. */
export const recovery = fault({
  name: "kill -9 of the only engine",
  unit: "kills",
  short: 1,
  full: 20,
  portion: 10,
  mood: SLOWLY,
  async strike(arena, size) {
    const { crew, chance } = arena;
    await crew.hireMany(1);
    return inRounds(size, async () => {
      await keepBusy(arena, PEOPLE);
      await isSending(arena, 10_000);
      await pauseOf(chance, 0, 300);
      const struckAt = performance.now();
      const killed = crew.hands.map((hand) => crew.kill(hand));
      crew.hire();
      await sleep(60); // what had passed the gate is still on its way
      const isBack = await isSending(arena);
      const took = Math.round(performance.now() - struckAt);
      arena.recoveries.push(took);
      await Promise.all(killed);
      return isBack ? [] : [`not sending again after ${took} ms`];
    });
  },
});

/** Until the sink has taken one more. */
export function isSending({ sink }: Pick<Arena, "sink">, ms = PATIENCE_MS, beyond = sink.lines().length) {
  return holdsWithin(() => sink.lines().length > beyond, ms, 10);
}

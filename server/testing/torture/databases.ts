// The database killed under everybody, and whoever watches over it.

import { setTimeout as sleep } from "node:timers/promises";
import { until } from "./arena.ts";
import { type Fault, pauseOf } from "./fault.ts";
import { judge } from "./verdict.ts";
import { openWhole, type Whole } from "./whole.ts";

const BACK_WITHIN_MS = 10_000;

async function keepBusy(whole: Whole) {
  const left = async () => {
    const [row] = await whole.ask<{ n: number }>(
      "select count(*)::int as n from messages where delivery in ('planned', 'claimed')",
    );
    return row?.n ?? 0;
  };
  if ((await left()) < 60) await whole.scene({ mailboxes: 2, contacts: 150, waits: [0, 0] });
}

/** By turns the database, and the whole server, which leaves its database behind as an orphan. */
export const databaseKills: Fault = {
  name: "kill -9 of the database, and of whoever watches over it",
  short: 2,
  full: 200,
  async run(seed, size) {
    const began = performance.now();
    const whole = await openWhole(seed, { before: "0-25", after: "0-25" });
    const { sink, chance } = whole;
    const late: string[] = [];
    try {
      for (let kill = 0; kill < size; kill++) {
        await keepBusy(whole);
        const before = sink.lines().length;
        await until(() => sink.lines().length > before, 20_000);
        await pauseOf(chance, 50, 700);
        const isDatabase = kill % 2 === 0;
        if (isDatabase) whole.killDatabase();
        else await whole.killServer();
        const [struckAt, taken] = [performance.now(), sink.lines().length];
        await sleep(100); // what had passed the gate is still on its way
        const afloat = sink.lines().length;
        if (!isDatabase) await whole.start(whole.dataDir);
        const isBack = await until(() => sink.lines().length > Math.max(taken, afloat), 30_000, 20);
        const took = Math.round(performance.now() - struckAt);
        whole.recoveries.push(took);
        if (!isBack || took > BACK_WITHIN_MS)
          late.push(`sending again ${took} ms after the ${isDatabase ? "database" : "server"} was killed`);
      }
      const verdict = await judge(whole, began);
      return { ...verdict, complaints: [...late, ...verdict.complaints] };
    } finally {
      await whole.close();
    }
  },
};

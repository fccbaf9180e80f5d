// The database killed while all processes use it, and the process that watches over it.

import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "../patience.ts";
import { inRounds, pauseOf, wholeFault } from "./fault.ts";
import { holdsWithin, keepBusy } from "./ground.ts";
import { isSending } from "./kills.ts";
import type { ServerArena } from "./whole.ts";

const PEOPLE = { mailboxes: 2, contacts: 240, waits: [0, 0] };

/** By turns the database, and the whole server, which leaves its database behind as an orphan. */
export const databaseKills = wholeFault({
  name: "kill -9 of the database, and of its supervisor",
  unit: "kills",
  short: 2,
  full: 200,
  portion: 20,
  mood: { before: "0-25", after: "0-25" },
  strike: (whole, size) => inRounds(size, (n) => kill(whole, n % 2 === 0 ? "database" : "server")),
});

async function kill(whole: ServerArena, what: "database" | "server") {
  const { sink, chance } = whole;
  await keepBusy(whole, PEOPLE);
  await isSending(whole, 20_000);
  await pauseOf(chance, 50, 700);
  const struckAt = performance.now();
  if (what === "database") whole.killDatabase();
  else await whole.killServer();
  await sleep(100); // what had passed the gate is still on its way
  const taken = sink.lines().length;
  if (what === "server") await whole.start(whole.dataDir);
  const isBack = await isSending(whole, PATIENCE_MS, taken);
  const took = Math.round(performance.now() - struckAt);
  whole.recoveries.push(took);
  const isThere = () =>
    whole.ask("select").then(
      () => true,
      () => false,
    );
  await holdsWithin(isThere, PATIENCE_MS); // however late it is, it is looked at
  if (what === "database") await whole.journal.note("database", null);
  return isBack ? [] : [`not sending again ${took} ms after the ${what} was killed`];
}

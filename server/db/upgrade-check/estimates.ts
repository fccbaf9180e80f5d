// How long a migration takes and what it writes, by the sizes of its tables. An estimate: the machine and its other work decide.

import type { DatabaseNow, TableSize } from "./database.ts";
import type { Effect } from "./effects.ts";

export type Estimate = {
  tables: { table: string; rows: number; megabytes: number; work: Effect["work"]; stops: Effect["stops"] }[];
  seconds: number;
  /** During which writing to one of its tables waits, and what it may read with it. */
  blockedSeconds: number;
  megabytes: number;
};

const MB = 2 ** 20;
/** Megabytes of the table in a second, on a busy machine of two cores: `npm run upgrades -- --large=2` compares them. */
const RATES = { rewrites: 20, checks: 150, indexes: 60, searches: 20, "changes rows": 4 } as const;
/** Of the table: what is written anew, with its indexes; and an index of one or two columns. */
const WEIGHTS = { rewrites: 1, checks: 0, indexes: 0.25, searches: 0.5, "changes rows": 1 } as const;

/** From the first lock to the commit. */
export function estimateOf(effects: readonly Effect[], now: DatabaseNow): Estimate {
  const tables: Estimate["tables"] = [];
  const seen = new Set<string>();
  let [seconds, blockedSeconds, bytes] = [0, 0, 0];
  let isBlocking = false;
  for (const effect of effects)
    for (const table of tablesOf(effect, now)) {
      const takes = secondsOf(effect, table);
      isBlocking ||= effect.stops !== null;
      seconds += takes;
      if (isBlocking) blockedSeconds += takes;
      bytes += bytesOf(effect, table);
      const key = `${table.name} ${effect.work} ${effect.stops}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const { work, stops } = effect;
      tables.push({
        table: table.name,
        rows: table.rows,
        megabytes: Math.ceil(table.bytes / MB),
        work,
        stops,
      });
    }
  return { tables, seconds, blockedSeconds, megabytes: Math.ceil(bytes / MB) };
}

function tablesOf({ table, through, domain }: Effect, now: DatabaseNow): TableSize[] {
  const names = domain ? (now.ofDomains.get(domain) ?? []) : [table ?? now.through.get(through ?? "") ?? ""];
  return names.flatMap((name) => now.tables.get(name) ?? []);
}

function secondsOf({ work }: Effect, table: TableSize) {
  if (work === "locks") return 0;
  return sizeFor(work, table) / MB / RATES[work];
}

function bytesOf({ work }: Effect, table: TableSize) {
  return work === "locks" ? 0 : sizeFor(work, table) * WEIGHTS[work];
}

function sizeFor(work: Effect["work"], { bytes, indexBytes }: TableSize) {
  return work === "rewrites" || work === "changes rows" ? bytes + indexBytes : bytes;
}

// What the torture has shown, one line per fault.

import type { Verdict } from "./verdict.ts";

export type Line = { name: string; seed: number; size: number; verdict: Verdict };

const HEAD = ["fault", "size", "kills", "mails", "twice", "lost", "unclear", "seconds", "seed"];

export function table(lines: readonly Line[]) {
  const rows = lines.map(({ name, size, seed, verdict: { kills, mails, twice, lost, ...rest } }) => [
    name,
    ...[size, kills, mails, twice, lost].map(String),
    `${rest.unclear}${rest.unclear > 0 ? ` (${rest.delivered} delivered)` : ""}`,
    `${rest.seconds}${rest.recoveries.length > 0 ? `, again after ${worst(rest.recoveries)} s` : ""}`,
    String(seed),
  ]);
  return [HEAD, HEAD.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function worst(recoveries: readonly number[]) {
  return (Math.max(...recoveries) / 1_000).toFixed(1);
}

/** Everything that should not be; empty where all is well. */
export function faultsIn({ twice, lost, unclear, mayBeUnclear, violations, complaints }: Verdict) {
  return [
    ...(twice > 0 ? [`${twice} mails were taken twice`] : []),
    ...(lost > 0 ? [`${lost} people were left waiting`] : []),
    ...(unclear > mayBeUnclear ? [`${unclear} mails are in doubt, where ${mayBeUnclear} may be`] : []),
    ...[...Map.groupBy(violations, ({ chk }) => chk)].map(
      ([chk, own]) => `${chk}: ${own.length}, such as ${own.slice(0, 3).map(({ k }) => k)}`,
    ),
    ...complaints,
  ];
}

// What the torture has shown, one line per fault.

import type { TortureVerdict } from "./verdict.ts";

export type FaultReport = { name: string; seed: number; size: number; verdict: TortureVerdict };

const HEAD = [
  ...["fault", "size", "kills", "mails", "twice", "lost"],
  ...["at the dot", "unclear", "seconds", "seed"],
];

export function table(lines: readonly FaultReport[]) {
  const rows = lines.map(({ name, size, seed, verdict }) => [
    name,
    ...[size, verdict.kills, verdict.mails, verdict.twice, verdict.lost].map(String),
    ...doubtsIn(verdict),
    `${verdict.seconds}${recovered(verdict.recoveries)}`,
    String(seed),
  ]);
  return markdown(HEAD, rows);
}

export function markdown(head: readonly string[], rows: readonly (readonly string[])[]) {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** How it is tried once more. */
export function again({ name, size, seed }: Pick<FaultReport, "name" | "size" | "seed">) {
  return `npm run torture -- --only="${name}" --size=${size} --seed=${seed}`;
}

/** How many stood at the dot, and how many are in doubt. */
export function doubtsIn({ atTheDot, taken, unclear, delivered }: Omit<TortureVerdict, "recoveries">) {
  const of = (all: number, some: number, word: string) => `${all}${all > 0 ? ` (${some} ${word})` : ""}`;
  return [of(atTheDot, taken, "taken"), of(unclear, delivered, "delivered")];
}

export function recovered(recoveries: readonly number[]) {
  return recoveries.length > 0 ? `, again after ${(Math.max(...recoveries) / 1_000).toFixed(1)} s` : "";
}

/** Everything that should not be; empty where all is well. */
export function faultsIn({ twice, lost, violations, complaints }: TortureVerdict) {
  return [
    ...(twice > 0 ? [`${twice} mails were taken twice`] : []),
    ...(lost > 0 ? [`${lost} people were left waiting`] : []),
    ...[...Map.groupBy(violations, ({ chk }) => chk)].map(
      ([chk, own]) => `${chk}: ${own.length}, such as ${own.slice(0, 3).map(({ k }) => k)}`,
    ),
    ...complaints,
  ];
}

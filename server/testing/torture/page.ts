// docs/understand/torture.md: what was tried, how much of the full size, and what was found; from the record of real runs alone.

import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { CHECKS } from "./checks.ts";
import type { TortureFault } from "./fault.ts";
import type { KeptReport } from "./record.ts";
import { doubtsIn, faultsIn, markdown, recovered } from "./report.ts";
import type { TortureVerdict } from "./verdict.ts";

const PAGE = fileURLToPath(new URL("../../../docs/understand/torture.md", import.meta.url));

export function writePage(faults: readonly TortureFault[], record: readonly KeptReport[]) {
  writeFileSync(PAGE, torturePage(faults, record));
}

export function torturePage(faults: readonly TortureFault[], record: readonly KeptReport[]) {
  const days = [...new Set(record.map(({ at }) => at.slice(0, 10)))].sort();
  const seconds = record.reduce((sum, { verdict }) => sum + verdict.seconds, 0);
  const wrong = record.filter(({ verdict }) => faultsIn(verdict).length > 0);
  return `# The torture

Written by \`npm run torture\`, from what was run and nothing else; [delivery](delivery.md) describes the promises and the
checks. ${record.length} runs on ${days.join(" and ")}, ${Math.round(seconds / 60)} minutes in all, on ${availableParallelism()} cores shared with other work. Each run has its own
random seed. ${hoursOfAll(faults, record)}${wrong.length === 0 ? "Every check passed after each of them." : `After ${wrong.length} of them a check failed, or the run did not end; see the last part of this page.`}

## What was tried

*Full* is the size of a full run. *Released* are emails whose result was not yet saved when an engine or its database was killed, or that the
mail server left without a reply. Only they may be unconfirmed. *Unclear* are those whose delivery is not confirmed at the end.

${markdown(
  [
    "fault",
    "counted in",
    "tried",
    "full",
    "kills",
    "mails",
    "twice",
    "lost",
    "released",
    "unclear",
    "seconds",
    "found",
  ],
  faults.map((fault) => rowOf(fault, record)),
)}

## Checks after each run

${markdown(
  ["check", "must never happen", "checked", "found"],
  CHECKS.map(({ id, says, of }) => [id, says, lookedAt(record, of), String(foundBy(record, id))]),
)}

## Seeds

\`npm run torture -- --only="…" --size=… --seed=…\` repeats a run.

${faults.map((fault) => `- ${fault.name}: ${seedsOf(fault, record)}`).join("\n")}
${wrong.length === 0 ? "" : `\n## Failed checks\n\n${wrong.map(told).join("\n")}\n`}`;
}

/** At the pace of what was tried, which is slower for small sizes than for large ones. */
function hoursOfAll(faults: readonly TortureFault[], record: readonly KeptReport[]) {
  let seconds = 0;
  for (const fault of faults) {
    const own = record.filter(({ name }) => name === fault.name);
    const done = own.reduce((sum, { size }) => sum + size, 0);
    if (done === 0) return "";
    seconds += (own.reduce((sum, { verdict }) => sum + verdict.seconds, 0) / done) * fault.full;
  }
  return `At this pace all of the full sizes would take ${Math.round(seconds / 3_600)} hours. `;
}

function rowOf(fault: TortureFault, record: readonly KeptReport[]) {
  const own = record.filter(({ name }) => name === fault.name);
  const sum = (of: (verdict: TortureVerdict) => number) =>
    own.reduce((total, { verdict }) => total + of(verdict), 0);
  const all = {
    atTheDot: sum((one) => one.atTheDot),
    taken: sum((one) => one.taken),
    unclear: sum((one) => one.unclear),
    delivered: sum((one) => one.delivered),
  } as TortureVerdict;
  const wrong = own.filter(({ verdict }) => faultsIn(verdict).length > 0).length;
  return [
    ...[fault.name, fault.unit, String(own.reduce((total, { size }) => total + size, 0)), String(fault.full)],
    ...[
      sum((one) => one.kills),
      sum((one) => one.mails),
      sum((one) => one.twice),
      sum((one) => one.lost),
    ].map(String),
    ...doubtsIn(all),
    `${sum((one) => one.seconds)}${recovered(own.flatMap(({ verdict }) => verdict.recoveries))}`,
    own.length === 0 ? "not tried" : wrong === 0 ? "nothing" : `something in ${wrong} of ${own.length} runs`,
  ];
}

function lookedAt(record: readonly KeptReport[], of: string) {
  const total = record.reduce((sum, { verdict }) => sum + (verdict.lookedAt[of] ?? 0), 0);
  return `${total} ${WORDS[of] ?? of}`;
}

const WORDS: Record<string, string> = {
  doubts: "in doubt",
  limitedMails: "mails under limits",
  injected: "incoming mails",
  webhooks: "webhooks",
  laterSteps: "later steps",
  slots: "planned mails",
};

function foundBy(record: readonly KeptReport[], id: string) {
  return record.reduce((sum, { verdict: { violations, complaints } }) => {
    const asked = violations.filter(({ chk }) => chk === id).length;
    return sum + asked + complaints.filter((one) => one.startsWith(`${id}:`)).length;
  }, 0);
}

function seedsOf({ name }: TortureFault, record: readonly KeptReport[]) {
  const own = record.filter((line) => line.name === name);
  return own.map(({ seed, size }) => `${seed} (${size})`).join(", ") || "none yet";
}

function told({ name, seed, size, verdict }: KeptReport) {
  const words = faultsIn(verdict).map((wrong) =>
    wrong.split("\n", 1)[0]?.replaceAll(/(?:\/[\w.-]+){2,}/g, "…"),
  );
  return `- ${name}, size ${size}, seed ${seed}: ${words.join("; ").slice(0, 600)}`;
}

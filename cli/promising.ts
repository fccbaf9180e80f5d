// When everybody of a file would begin who joins a sequence: told before they are added, as the server's engine, run forward, has it.

import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import process from "node:process";
import type { Output } from "@cadenza/sdk";
import type { Session } from "./connection.ts";
import { Unusable } from "./exits.ts";
import type { ImportInput } from "./import-file.ts";

export type ImportPromise = Output<"imports", "promise">["promise"];

/** As long as a file's first rows may take to be brought in, taken back and thought through. */
const LONGEST_MS = 180_000;
const WEEK_MS = 7 * 86_400_000;
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const FIGURE = new Intl.NumberFormat("en-GB");

/** Kept, where it is to go with the import; else nothing is left of it. */
export async function promiseOfFile(
  session: Session,
  path: string,
  asked: ImportInput,
  { keeps }: { keeps: boolean },
): Promise<ImportPromise | null> {
  const { kind, add_to_sequence, ...rest } = asked;
  if (kind !== "contacts" || !add_to_sequence || path === "-") return null;
  const file = await openAsBlob(path).catch(() => null);
  if (!file) throw new Unusable(`${path} cannot be read.`);
  const api = await session.api();
  const { promise } = await api.imports.promise(
    { ...rest, kind, add_to_sequence, file: new File([file], basename(path)) },
    { dryRun: !keeps, timeoutMs: LONGEST_MS },
  );
  return promise;
}

export function tellPromise(session: Session, promise: ImportPromise, now = new Date()) {
  session.say(sayPromise(promise, now));
  for (const { count, sentence } of keptBy(promise, now))
    session.say(`  ${FIGURE.format(count)}: ${sentence}`);
}

/** "412 of 500 begin by Thursday 26 November, the last on Tuesday 1 December." */
export function sayPromise(
  { people, at_least, first_steps: steps, first_step_done_at: done }: ImportPromise,
  now: Date,
) {
  const all = `${FIGURE.format(people)}${at_least ? " and more" : ""}`;
  const begin = sum(steps);
  if (begin === 0 || !done) return `None of ${all} contacts would start as things are now.`;
  const last = dayOf(done);
  const soon = steps.filter(isSoon(now));
  const by = soon.at(-1);
  if (!by || dayOf(by.hour) === last) return `${FIGURE.format(begin)} of ${all} contacts start by ${last}.`;
  return `${FIGURE.format(sum(soon))} of ${all} contacts start by ${dayOf(by.hour)}, the last on ${last}.`;
}

/** What keeps those who do not begin within a week, the most first. */
function keptBy({ first_steps, not_begun, reasons }: ImportPromise, now: Date) {
  const sentences = new Map(reasons.map(({ code, sentence }) => [code, sentence]));
  const counts = new Map<string, number>();
  const isEarly = isSoon(now);
  for (const { code, count } of [...first_steps.filter((step) => !isEarly(step)), ...not_begun])
    counts.set(code ?? "plan", (counts.get(code ?? "plan") ?? 0) + count);
  return [...counts]
    .map(([code, count]) => ({ count, sentence: sentences.get(code) ?? "The step is not due earlier." }))
    .sort((one, other) => other.count - one.count);
}

/** Asks the person at the terminal; an empty answer means no. */
export async function isAgreed(question: string) {
  const { createInterface } = await import("node:readline/promises");
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const gone = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
  try {
    return /^y(es)?$/i.test((await Promise.race([reader.question(question), gone])).trim());
  } finally {
    reader.close();
  }
}

export const isTerminal = () => process.stdin.isTTY === true && process.stdout.isTTY === true;

const isSoon =
  (now: Date) =>
  ({ hour }: { hour: string }) =>
    Date.parse(hour) < now.getTime() + WEEK_MS;

function sum(steps: readonly { count: number }[]) {
  return steps.reduce((all, { count }) => all + count, 0);
}

function dayOf(at: string) {
  return DAY.format(new Date(at)).replace(",", "");
}

// One batch of an import: rows read, written, enrolled and told, in one transaction. Wherever the process dies, a batch is
// there whole or not at all, and the import says where the next begins.
//
// Easy to get wrong: a row that the database refuses, though nothing was seen to be wrong with it, takes the whole statement
// with it. Then the batch is halved until that row is alone; it is skipped, and the others are saved.

import type { Act } from "../../../app.ts";
import { isWorthAnotherTry } from "../../../db/away.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { workOnJoining } from "../../enrollments/enrolling/commands.ts";
import { noteDone, type WorkRow } from "../../events/progress/store.ts";
import { earlierRows, type ImportRowOutcome, insertRows } from "../../prospecting/import-rows/rows-store.ts";
import { type ImportRow, type ImportTally, noteBatch } from "../../prospecting/import-rows/store.ts";
import { lockFor } from "../../sequences/sequences/finding.ts";
import { KINDS } from "./kinds.ts";
import { skippedRow, type UnderstoodRows } from "./understanding.ts";

/** More rows of one batch that fail are no fault of theirs: then the batch fails as a whole. */
const MOST_FAILING = 100;

type Part = Omit<UnderstoodRows, "names">;

/** `open` reads the rows anew each time, because writing them changes them. */
export async function takeBatch(
  act: Act,
  found: ImportRow,
  { instructions }: Pick<WorkRow, "instructions">,
  open: () => UnderstoodRows,
): Promise<ImportRowOutcome[]> {
  const { db } = act;
  let failing = 0;

  async function take(part: Part, again: () => Part): Promise<ImportRowOutcome[]> {
    await db.run("savepoint part");
    try {
      const outcomes = await takePart(act, found, instructions, part);
      await db.run("release savepoint part");
      return outcomes;
    } catch (error) {
      if (!isOfARow(error, found)) throw error;
      await db.run("rollback to savepoint part");
      await db.run("release savepoint part");
      const fresh = again();
      const [only] = fresh.told;
      if (fresh.told.length > 1) {
        const outcomes = [];
        for (const half of halvesOf(fresh)) outcomes.push(...(await take(structuredClone(half), () => half)));
        return outcomes;
      }
      if (!only || ++failing > MOST_FAILING) throw error;
      act.app.log.warn(
        { err: error, importId: found.id, row: only.row },
        "a row of an import could not be saved",
      );
      const skipped = [...fresh.skipped, skippedRow(only.row, "row_not_saved")];
      return takePart(act, found, instructions, { lastRow: fresh.lastRow, told: [], skipped });
    }
  }

  return take(open(), open);
}

function halvesOf({ told, skipped, lastRow }: Part): [Part, Part] {
  const first = told.slice(0, Math.ceil(told.length / 2));
  const until = first.at(-1)?.row ?? 0;
  return [
    { told: first, skipped: skipped.filter(({ row }) => row <= until), lastRow: until },
    { told: told.slice(first.length), skipped: skipped.filter(({ row }) => row > until), lastRow },
  ];
}

/** 22 and 23: a value that the database does not take; 54: one that is too large for it; P0: a rule of its own. */
const OF_A_VALUE = /^(?:22|23|54|P0)/;

/** What is refused about a sequence concerns all rows; what points at something that is gone is tried again. */
function isOfARow(error: unknown, { options }: ImportRow) {
  if (error instanceof Refusal) return !options.joining;
  if (isWorthAnotherTry(error)) return false;
  const { code } = (error ?? {}) as { code?: string };
  return code === undefined
    ? error instanceof TypeError || error instanceof RangeError
    : OF_A_VALUE.test(code);
}

async function takePart(
  act: Act,
  found: ImportRow,
  instructions: Record<string, unknown>,
  { lastRow, told, skipped }: Part,
): Promise<ImportRowOutcome[]> {
  const { db, now, caller } = act;
  const { joining } = found.options;
  // The sequence before the contacts, as everybody locks them who adds contacts to it.
  if (joining) await lockFor(act, joining.sequenceId, "edit");
  const taken = told.length > 0 ? await KINDS[found.kind].take(act, found, told) : [];
  const enrolled = joining ? await enroll(act, found, instructions, taken) : taken;
  const outcomes = [...skipped, ...enrolled].sort((a, b) => a.row - b.row);
  const tally = tallyOf(outcomes);
  const { created, updated, unchanged, skipped: left } = tally;
  const counts = withoutZeros({ created, updated, unchanged, skipped: left });
  await Promise.all([
    insertRows(db, caller.teamId, found.id, outcomes, now),
    noteBatch(db, caller.teamId, found.id, lastRow ?? found.lastRow, tally),
    noteDone(db, caller.teamId, found.id, { done: outcomes.length, counts }, now),
  ]);
  return outcomes;
}

/** Each contact once, told with the last of its rows here; whom an earlier batch has enrolled is not asked again. */
async function enroll(
  act: Act,
  found: ImportRow,
  instructions: Record<string, unknown>,
  outcomes: readonly ImportRowOutcome[],
): Promise<ImportRowOutcome[]> {
  const lastAt = new Map<string, number>();
  for (const [at, { recordId }] of outcomes.entries()) if (recordId !== null) lastAt.set(recordId, at);
  const ids = [...lastAt.keys()];
  if (ids.length === 0) return [...outcomes];
  const earlier = await earlierRows(act.db, act.caller.teamId, found.id, ids);
  const done = new Set(earlier.filter(({ isEnrolled }) => isEnrolled).map(({ recordId }) => recordId));
  const asked = ids.filter((id) => !done.has(id));
  const answers = asked.length > 0 ? await workOnJoining(act, instructions, asked) : [];
  const answerOf = new Map(asked.map((id, n) => [id, answers[n]]));
  return outcomes.map((outcome, at) => {
    const { recordId } = outcome;
    const answer = recordId !== null && lastAt.get(recordId) === at ? answerOf.get(recordId) : undefined;
    if (!answer) return outcome;
    const isIn = answer.outcome === "added";
    return {
      ...outcome,
      enrollment: isIn ? "enrolled" : "not_enrolled",
      enrollmentCode: isIn ? null : (answer.code ?? null),
    };
  });
}

function tallyOf(outcomes: readonly ImportRowOutcome[]): ImportTally {
  const tally: ImportTally = {
    created: 0,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    enrolled: 0,
    notEnrolled: 0,
    codes: {},
    enrollmentCodes: {},
  };
  for (const { verdict, code, enrollment, enrollmentCode } of outcomes) {
    tally[verdict]++;
    if (code !== null) tally.codes[code] = (tally.codes[code] ?? 0) + 1;
    if (enrollment !== null) tally[enrollment === "enrolled" ? "enrolled" : "notEnrolled"]++;
    if (enrollmentCode !== null)
      tally.enrollmentCodes[enrollmentCode] = (tally.enrollmentCodes[enrollmentCode] ?? 0) + 1;
  }
  return tally;
}

function withoutZeros(counts: Record<string, number>) {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

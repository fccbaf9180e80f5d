// One batch of an import: rows read, written, enrolled and told, in one transaction. Wherever the process dies, a batch is
// there whole or not at all, and the import says where the next begins.

import type { Act } from "../../app.ts";
import { OPT_OUT_FIELDS, type OptOut, readOptOut, strongerOf } from "../../domain/import-opt-outs.ts";
import { faultOf, type Read, type Values } from "../../domain/import-rows.ts";
import { workOnJoining } from "../joining/commands.ts";
import { noteDone, type WorkRow } from "../progress/store.ts";
import { lockFor } from "../sharing/commands.ts";
import { KINDS, type Told } from "./kinds.ts";
import type { Record as FileRow } from "./reading.ts";
import { earlierRows, insertRows, type Outcome } from "./rows-store.ts";
import { type ImportRow, type MappedColumn, noteBatch, type Tally } from "./store.ts";

/** What stands in the file's first row, as it was read. */
type Header = readonly string[];

/** What a batch's rows say, and those that say nothing. */
export type Reading = { lastRow: number | null; told: readonly Told<never>[]; skipped: readonly Outcome[] };

/** Needs nobody, so it is done while the database is busy with the batch before. */
export function readRows(
  found: Pick<ImportRow, "kind" | "delimiter" | "columns">,
  header: Header,
  records: readonly FileRow[],
): Reading {
  const kind = KINDS[found.kind];
  const skipped: Outcome[] = [];
  const told: Told<never>[] = [];
  for (const { row, cells, fault: unread } of records) {
    const fault = unread ?? faultOf(cells, header, found.delimiter);
    const read: Read<never> = fault ? { row: null, code: fault } : kind.read(valuesIn(cells, found.columns));
    if (read.code !== null) skipped.push(skippedRow(row, read.code));
    else told.push({ row, said: read.row });
  }
  return { lastRow: records.at(-1)?.row ?? null, told, skipped };
}

export async function takeBatch(
  act: Act,
  found: ImportRow,
  { instructions }: Pick<WorkRow, "instructions">,
  { lastRow, told, skipped }: Reading,
): Promise<Outcome[]> {
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

function skippedRow(row: number, code: string): Outcome {
  const nothing = { recordId: null, sameAs: null, enrollment: null, enrollmentCode: null };
  return { ...nothing, row, verdict: "skipped", code, difference: null, leftOut: null };
}

/** Of two columns that go to one field, the first that says something counts; of opt-outs, each that says yes. */
export function valuesIn(cells: readonly string[], columns: readonly MappedColumn[]): Values {
  const values = new Map<string, string>();
  const outs = new Map<string, OptOut>();
  for (const [at, { name, field }] of columns.entries()) {
    const text = field === null ? "" : (cells[at]?.trim() ?? "");
    if (field === null || text === "") continue;
    if (OPT_OUT_FIELDS.has(field)) outs.set(field, strongerOf(outs.get(field), readOptOut(name, text)));
    else if (!values.has(field)) values.set(field, text);
  }
  for (const [field, said] of outs) values.set(field, said);
  return values;
}

/** Each contact once, told with the last of its rows here; whom an earlier batch has enrolled is not asked again. */
async function enroll(
  act: Act,
  found: ImportRow,
  instructions: Record<string, unknown>,
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
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

export function tallyOf(outcomes: readonly Outcome[]): Tally {
  const tally: Tally = {
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

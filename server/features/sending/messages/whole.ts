// Mails with all that is shown of them: what was seen of each, and what holds those that wait. The gate is asked for
// mails that a step of a sequence made. For others, and while another mail is at that step, the hold that the engine
// met last counts.

import type { Evidence } from "../../../domain/basics/evidence.ts";
import { explainStanding, type HeldBy, holdWithSentence } from "../../../domain/insight/explaining.ts";
import { HOLD_WORDS, type HoldCode } from "../../../domain/insight/hold-words.ts";
import { zoneFor } from "../../../domain/time/schedule.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import { readStandings } from "../../gate/facts/facts-store.ts";
import { placeAll } from "../../gate/facts/standings.ts";
import { remindersOf } from "../reminders/store.ts";
import { previewsOf } from "./previews.ts";
import { lastEventsOf, type MessageRow, readMessages, type WholeMessage } from "./store.ts";

const EVENTS_SHOWN = 3;

/** In the order of the ids; at most a page of them. */
export async function wholeMessages(asking: ReadContext, ids: readonly string[]): Promise<WholeMessage[]> {
  const { db, caller } = asking;
  const [rows, reminders, events] = await Promise.all([
    readMessages(db, caller.teamId, ids),
    remindersOf(db, caller.teamId, ids),
    lastEventsOf(db, caller.teamId, ids, EVENTS_SHOWN),
  ]);
  const ofMessage = Map.groupBy(events, ({ messageId }) => messageId);
  const [holds, previews] = await Promise.all([holdsOf(asking, rows), previewsOf(asking, rows)]);
  return rows.map((row) => ({
    row,
    events: ofMessage.get(row.id) ?? [],
    hold: holds.get(row.id) ?? null,
    preview: previews.get(row.id) ?? null,
    remindAfterDays: reminders.get(row.id) ?? null,
  }));
}

/** What keeps each from going out now or when it is due; where several things do, the one that lasts longest. */
async function holdsOf(asking: ReadContext, rows: readonly MessageRow[]) {
  const planned = rows.filter(({ delivery }) => delivery === "planned");
  const ofSteps = planned.filter(
    ({ enrollmentId, isStepOfEnrollment }) => enrollmentId && isStepOfEnrollment,
  );
  const enrollmentIds = [...new Set(ofSteps.flatMap(({ enrollmentId }) => enrollmentId ?? []))];
  const standings =
    enrollmentIds.length > 0 ? await readStandings(asking.db, asking.caller.teamId, enrollmentIds) : [];
  const placed = new Map((await placeAll(asking, standings)).map((one) => [one.row.id, one.standing]));
  const holds = new Map<string, HeldBy>();
  for (const row of planned) {
    const standing = row.isStepOfEnrollment ? placed.get(row.enrollmentId ?? "") : undefined;
    if (!standing) {
      const last = lastMet(row);
      if (last) holds.set(row.id, last);
      continue;
    }
    const { facts } = standing;
    const membership = { ...facts.membership, dueAt: row.dueAt ?? facts.membership.dueAt };
    const { heldBy } = explainStanding({ ...standing, facts: { ...facts, membership } });
    const binding = bindingOf(heldBy);
    if (binding) holds.set(row.id, binding);
  }
  return holds;
}

/** A user's decision binds before any clock. */
function bindingOf(heldBy: readonly HeldBy[]): HeldBy | null {
  return heldBy.reduce<HeldBy | null>((binding, hold) => {
    if (!binding) return hold;
    if (!binding.until) return binding;
    return !hold.until || Temporal.Instant.compare(hold.until, binding.until) > 0 ? hold : binding;
  }, null);
}

/** What the engine wrote down when it last had to let the mail wait. */
export function lastMet({
  holdCode,
  holdEvidence,
  heldSince,
  nextCheckAt,
  timeZone,
}: MessageRow): HeldBy | null {
  if (!holdCode || !Object.hasOwn(HOLD_WORDS, holdCode)) return null;
  const evidence = keptEvidence(holdEvidence);
  const hold = { code: holdCode as HoldCode, evidence, since: heldSince, until: nextCheckAt };
  return holdWithSentence(hold, zoneFor(null, timeZone));
}

export function keptEvidence(evidence: Record<string, unknown> | null) {
  return Object.fromEntries(
    Object.entries(evidence ?? {}).map(([key, value]) => [key, asInstant(key, value)]),
  ) as Evidence;
}

// Instants lie as text in evidence that was kept.
function asInstant(key: string, value: unknown) {
  if (!/(?:At|since|until)$/.test(key) || typeof value !== "string") return value;
  try {
    return Temporal.Instant.from(value);
  } catch {
    return value;
  }
}

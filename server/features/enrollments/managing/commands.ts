// People in sequences, managed: paused, resumed, finished, stopped, removed, tried again, started over, moved to another
// mailbox. By name or by a filter; a few at once, many by the engine; each left alone for a reason that is told.

import type { Act } from "../../../app.ts";
import type { JobType } from "../../../domain/basics/job-types.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import { byCaller } from "../../events/events/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import { usableMailboxes } from "../../mailboxes/mailboxes/usable.ts";
import { lockFor } from "../../sequences/sequences/finding.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import { rememberChange, rememberJob } from "../changes/commands.ts";
import { applyTransitions } from "../enrollments/apply-transition.ts";
import { lockSelected, type Selection, selectedContacts } from "../enrollments/locking-store.ts";
import { notToRestart, type RestartCode } from "./restarting.ts";
import { type Settled, summarizeManaged } from "./summarize.ts";

export type EnrollmentAction =
  | { is: "finish" | "remove" | "resume" | "retry" | "restart" }
  | { is: "stop"; reason: string | null }
  | { is: "pause"; until: Temporal.Instant | null | undefined; reason: string | null }
  | { is: "move"; mailboxId: string; sendFrom: string | null };

/** Whom it is about: everything that is said must hold. */
export type EnrollmentSelection = Omit<Selection, "sequenceIds"> & { everybody: boolean };

export type Managing = {
  sequenceIds: readonly string[];
  whom: EnrollmentSelection;
  action: EnrollmentAction;
  isAsync: boolean;
  /** How many rows it is, where the caller has counted them. */
  pairs?: number;
  /** How the wire shows it, should it become long work. */
  job: { type: JobType; params: Record<string, unknown> };
};

// Of sequence and contact, because each pair of them may be a row.
const PAIRS_AT_ONCE = 1000;
const PAIRS_IN_BATCH = 1000;
const LEAST_IN_BATCH = 50;

/** At once, or where that would take too long, by the engine. */
export async function manage(act: Act, wish: Managing) {
  refuseEmpty(wish.whom);
  refuseSenseless(act, wish.action);
  const sequences = await lockSequences(act, wish.sequenceIds);
  const isLong = wish.isAsync || (wish.pairs ?? 0) > PAIRS_AT_ONCE;
  const most = wish.pairs === undefined ? Math.floor(PAIRS_AT_ONCE / sequences.length) : PAIRS_AT_ONCE;
  const contactIds = await contactsOf(act, wish);
  if (isLong || contactIds.length > most)
    return { progress: await manageLater(act, wish, sequences, contactIds), done: null };
  const settled = await manageThese(act, sequences, { ...wish.whom, contactIds }, wish.action);
  const change = await rememberChange(act, wish.action.is, settled.changed);
  const { changed, skipped } = settled;
  return { progress: null, done: { sequences, contactIds, changed, skipped, change } };
}

export async function manageThese(
  act: Act,
  sequences: readonly SequenceRow[],
  whom: EnrollmentSelection,
  action: EnrollmentAction,
): Promise<Settled> {
  const { db, caller } = act;
  const contactIds = whom.contactIds ?? [];
  const wishes = new Map(
    await Promise.all(
      sequences.map(async (sequence) => [sequence.id, await wishFor(act, sequence, action)] as const),
    ),
  );
  // Locked so that no contact unsubscribes or is deleted between the check and the change.
  const sequenceIds = sequences.map(({ id }) => id);
  const [existing, rows] = await Promise.all([
    holdContacts(db, caller.teamId, contactIds),
    lockSelected(db, caller.teamId, { ...whom, sequenceIds }),
  ]);
  const refused: ReadonlyMap<string, RestartCode> =
    action.is === "restart" ? await notToRestart(act, rows) : new Map();
  const { changed, left } = await applyTransitions(
    byCaller(act),
    rows.filter(({ id }) => !refused.has(id)),
    (row) => wishes.get(row.sequenceId) ?? { is: "finish" },
  );
  const untouched = rows.flatMap((row) => {
    const code = refused.get(row.id);
    return code ? [{ row, code }] : [];
  });
  const outcome = { changed, left: [...left, ...untouched] };
  return summarizeManaged({ contactIds, existing: new Set(existing), outcome, isNarrowed: isNarrowed(whom) });
}

async function wishFor(act: Act, { allowedSendFromDomains }: SequenceRow, action: EnrollmentAction) {
  if (action.is !== "move") return action;
  const [mailbox] = await usableMailboxes(act, [action.mailboxId], action.sendFrom, allowedSendFromDomains);
  return { is: "move", mailboxId: action.mailboxId, sendFromEmail: mailbox?.sendFrom ?? "" } as const;
}

/** In the order of their ids, as everybody locks them. */
async function lockSequences(act: Act, ids: readonly string[]) {
  const sequences: SequenceRow[] = [];
  for (const id of [...new Set(ids)].sort()) sequences.push(await lockFor(act, id, "edit"));
  return sequences;
}

/** All of them at once: a first look that only counts would sort them all the same. */
function contactsOf({ db, caller }: Act, { sequenceIds, whom }: Managing) {
  if (whom.contactIds) return [...new Set(whom.contactIds)];
  return selectedContacts(db, caller.teamId, { ...whom, sequenceIds });
}

/** An empty request must not mean all contacts. */
function refuseEmpty(whom: EnrollmentSelection) {
  const isAllMeant = whom.everybody && whom.contactIds === null;
  if (whom.contactIds?.length === 0 || !(isAllMeant || whom.contactIds || isNarrowed(whom)))
    throw new Refusal("selection_empty");
}

function isNarrowed({ states, reasons, stepIds, mailboxIds, dueBefore, views, words }: EnrollmentSelection) {
  return [states, reasons, stepIds, mailboxIds, dueBefore, views, words].some((part) => part !== null);
}

function refuseSenseless({ now }: Act, action: EnrollmentAction) {
  if (action.is === "stop") refuseReserved(action.reason);
  if (action.is !== "pause") return;
  if (action.until && Temporal.Instant.compare(action.until, now) <= 0)
    throw new Refusal("unpause_date_past");
  // A contact paused for this reason resumes with the sequence, even if a user has paused them.
  if (action.reason?.trim().toLowerCase() === REASONS.sequenceInactive.toLowerCase())
    throw new Refusal("pause_reason_reserved", { reason: REASONS.sequenceInactive });
}

/**
 * Our own reasons are reserved, because reports and searches count them as facts: a caller must not claim that a
 * contact replied.
 */
function refuseReserved(reason: string | null) {
  const said = reason?.trim().toLowerCase();
  const reserved = Object.values(REASONS).find(
    (own) => own !== REASONS.stopped && own.toLowerCase() === said,
  );
  if (reserved) throw new Refusal("stop_reason_reserved", { reason: reserved });
}

async function manageLater(
  act: Act,
  { sequenceIds, whom, action, job }: Managing,
  sequences: readonly SequenceRow[],
  contactIds: readonly string[],
) {
  for (const sequence of sequences) await wishFor(act, sequence, action); // what cannot be done is said at once
  const { contactIds: _, ...rest } = whom;
  const progress = await startProgress(act, {
    jobType: job.type,
    entityIds: contactIds,
    params: job.params,
    batchSize: Math.max(LEAST_IN_BATCH, Math.floor(PAIRS_IN_BATCH / sequences.length)),
    instructions: { sequenceIds, whom: rest, action },
  });
  return { progress, change: await rememberJob(act, action.is) };
}

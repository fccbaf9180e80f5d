// People in sequences, managed: paused, resumed, finished, stopped, removed, tried again, started over, moved to another
// mailbox. By name or by a filter; a few at once, many by the engine; each left alone for a reason that is told.

import type { Act } from "../../app.ts";
import { REASONS } from "../../domain/enrollment.ts";
import type { JobType } from "../../domain/job-types.ts";
import { Refusal } from "../../refusal.ts";
import { rememberChange, rememberJob } from "../changes/commands.ts";
import { holdContacts } from "../contacts/holding-store.ts";
import { carryOut } from "../enrollments/carry-out.ts";
import { lockSelected, type Selection, selectedContacts } from "../enrollments/locking-store.ts";
import { byCaller } from "../events/store.ts";
import { usableMailboxes } from "../mailboxes/usable.ts";
import { startProgress } from "../progress/commands.ts";
import type { Outcome as ItemOutcome } from "../progress/store.ts";
import type { SequenceRow } from "../sequences/store.ts";
import { lockFor } from "../sharing/commands.ts";
import { notToRestart, type RestartCode } from "./restarting.ts";
import { type Settled, settle } from "./settle.ts";

export type Action =
  | { is: "finish" | "remove" | "resume" | "retry" | "restart" }
  | { is: "stop"; reason: string | null }
  | { is: "pause"; until: Temporal.Instant | null | undefined; reason: string | null }
  | { is: "move"; mailboxId: string; sendFrom: string | null };

/** Whom it is about: everything that is said must hold. */
export type Whom = Omit<Selection, "sequenceIds"> & { everybody: boolean };

export type Managing = {
  sequenceIds: readonly string[];
  whom: Whom;
  action: Action;
  isAsync: boolean;
  /** How the wire shows it, should it become long work. */
  job: { type: JobType; params: Record<string, unknown> };
};

// Of sequence and contact, because each pair of them may be a row.
const PAIRS_AT_ONCE = 1000;
const PAIRS_IN_BATCH = 500;
const LEAST_IN_BATCH = 50;

/** At once, or where that would take too long, by the engine. */
export async function manage(act: Act, wish: Managing) {
  refuseEmpty(wish.whom);
  refuseSenseless(act, wish.action);
  const sequences = await lockSequences(act, wish.sequenceIds);
  const most = Math.floor(PAIRS_AT_ONCE / sequences.length);
  const contactIds = await contactsOf(act, wish, wish.isAsync ? null : most + 1);
  if (wish.isAsync || contactIds.length > most) {
    const all = wish.isAsync ? contactIds : await contactsOf(act, wish, null);
    return { progress: await manageLater(act, wish, sequences, all), done: null };
  }
  const settled = await manageThese(act, sequences, { ...wish.whom, contactIds }, wish.action);
  const change = await rememberChange(act, wish.action.is, settled.changed);
  return { progress: null, done: { sequences, contactIds, skipped: settled.skipped, change } };
}

async function manageThese(
  act: Act,
  sequences: readonly SequenceRow[],
  whom: Whom,
  action: Action,
): Promise<Settled> {
  const { db, caller } = act;
  const contactIds = whom.contactIds ?? [];
  const wishes = new Map(
    await Promise.all(
      sequences.map(async (sequence) => [sequence.id, await wishFor(act, sequence, action)] as const),
    ),
  );
  // Held so that nobody is unsubscribed or deleted between being looked at and going on.
  const existing = await holdContacts(db, caller.teamId, contactIds);
  const sequenceIds = sequences.map(({ id }) => id);
  const rows = await lockSelected(db, caller.teamId, { ...whom, sequenceIds });
  const refused: ReadonlyMap<string, RestartCode> =
    action.is === "restart" ? await notToRestart(act, rows) : new Map();
  const { changed, left } = await carryOut(
    byCaller(act),
    rows.filter(({ id }) => !refused.has(id)),
    (row) => wishes.get(row.sequenceId) ?? { is: "finish" },
  );
  const untouched = rows.flatMap((row) => {
    const code = refused.get(row.id);
    return code ? [{ row, code }] : [];
  });
  const outcome = { changed, left: [...left, ...untouched] };
  return settle({ contactIds, existing: new Set(existing), outcome, isNarrowed: isNarrowed(whom) });
}

async function wishFor(act: Act, { allowedSendFromDomains }: SequenceRow, action: Action) {
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

function contactsOf({ db, caller }: Act, { sequenceIds, whom }: Managing, limit: number | null) {
  if (whom.contactIds) return [...new Set(whom.contactIds)];
  return selectedContacts(db, caller.teamId, { ...whom, sequenceIds }, limit);
}

/** Nobody means everybody by leaving everything out. */
function refuseEmpty(whom: Whom) {
  const isAllMeant = whom.everybody && whom.contactIds === null;
  if (whom.contactIds?.length === 0 || !(isAllMeant || whom.contactIds || isNarrowed(whom)))
    throw new Refusal("selection_empty");
}

function isNarrowed({ states, reasons, stepIds, mailboxIds, dueBefore, views, words }: Whom) {
  return [states, reasons, stepIds, mailboxIds, dueBefore, views, words].some((part) => part !== null);
}

function refuseSenseless({ now }: Act, action: Action) {
  if (action.is === "stop") refuseReserved(action.reason);
  if (action.is !== "pause") return;
  if (action.until && Temporal.Instant.compare(action.until, now) <= 0)
    throw new Refusal("unpause_date_past");
  // Whoever is paused for this reason goes on with the sequence, whoever has paused them.
  if (action.reason?.trim().toLowerCase() === REASONS.sequenceInactive.toLowerCase())
    throw new Refusal("pause_reason_reserved", { reason: REASONS.sequenceInactive });
}

/** Reports and searches take our own words for what really happened: nobody has replied because a caller says so. */
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

const DONE: Record<Action["is"], string> = {
  finish: "finished",
  stop: "stopped",
  remove: "removed",
  pause: "paused",
  resume: "resumed",
  retry: "retried",
  restart: "restarted",
  move: "moved",
};

type Instructions = Pick<Managing, "sequenceIds" | "action"> & { whom: Omit<Whom, "contactIds"> };

/** Called by the engine for each batch of contacts. */
export async function workOnEnrollments(
  act: Act,
  instructions: Record<string, unknown>,
  contactIds: readonly string[],
): Promise<ItemOutcome[]> {
  const { sequenceIds, whom, action } = withInstants(instructions as unknown as Instructions);
  const sequences = await lockSequences(act, sequenceIds);
  const { skipped } = await manageThese(act, sequences, { ...whom, contactIds }, action);
  return contactIds.map((id) => {
    const code = skipped.get(id);
    return code === undefined ? { outcome: DONE[action.is] } : { outcome: "skipped", code };
  });
}

// Instructions are kept as JSON, where an instant is text.
function withInstants({ sequenceIds, whom, action }: Instructions): Instructions {
  const dueBefore = whom.dueBefore ? Temporal.Instant.from(String(whom.dueBefore)) : null;
  const until =
    action.is === "pause" && action.until ? Temporal.Instant.from(String(action.until)) : undefined;
  return {
    sequenceIds,
    whom: { ...whom, dueBefore },
    action: until && action.is === "pause" ? { ...action, until } : action,
  };
}

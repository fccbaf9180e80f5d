// Joining a sequence. Those who may not are told why, each with every reason; nobody is refused for somebody else's sake.
//
// One who joins is a row with a date on it, and nothing else is started: the clock finds it. Sequence first, then
// contacts in the order of their ids: everybody who changes either takes the same locks, so whoever switches the sequence
// off, unsubscribes, is merged or added twice at this instant comes before or after, never in between.

import type { Act } from "../../app.ts";
import { priceOfAdding } from "../../domain/credits.ts";
import { type Flag, judge, NOT_FOUND, type Reason, tally } from "../../domain/eligibility.ts";
import { REASONS } from "../../domain/enrollment.ts";
import { afterwards, type Capacity, rotate } from "../../domain/rotation.ts";
import { newId } from "../../ids.ts";
import { Refusal } from "../../refusal.ts";
import { countGrownTables } from "../engines/store.ts";
import { byCaller, type Happening, record } from "../events/store.ts";
import { usableMailboxes } from "../mailboxes/usable.ts";
import { startProgress } from "../progress/commands.ts";
import { carryInstructions, type Outcome } from "../progress/store.ts";
import { claimPromise } from "../promises/store.ts";
import { getVisible } from "../sharing/commands.ts";
import { insertVerdicts, type Verdict } from "../verdicts/store.ts";
import { previewsFor, warningsFor } from "./foreseen.ts";
import { formLine, type Line, type Standing } from "./line.ts";
import * as store from "./store.ts";
import { type JoinTerms, readTerms, type TermsWish } from "./terms.ts";
import { everybodyIn, type Whom } from "./whom.ts";

export type JoinWish = TermsWish &
  Whom & {
    isPutOff: boolean;
    /** False where nobody is there to be warned of what will stop their mails. */
    warns?: boolean;
    /** As the wire shows the work, where it is put off, and where it says the verdicts are. */
    shownAs: Record<string, unknown>;
    resultPath(requestId: string): string;
  };

/** As many are dealt with while the caller waits. */
export const AT_ONCE = 1000;
/** Apollo's, and so printed. */
const BATCH = 999;

export async function addContacts(act: Act, wish: JoinWish & { promiseId?: string | null }) {
  const terms = await readTerms(act, wish);
  const ids = await everybodyIn(act, wish);
  const requestId = newId();
  await takePromise(act, wish, requestId);
  if (!wish.isPutOff && ids.length <= AT_ONCE) {
    const hearing = { requestId, ownWork: null, capacities: null, warns: wish.warns ?? true };
    const joined = await join(act, ids, terms, hearing);
    return { joined, progress: null, rehearsed: null };
  }
  const progress = await putOff(act, wish, ids, requestId);
  const rehearsed = act.isDryRun ? await rehearse(act, ids, { terms, requestId, most: REHEARSED }) : null;
  return { joined: null, progress, rehearsed };
}

/** What was promised of adding them is kept with the request that does it. */
export async function takePromise(
  { db, caller }: Act,
  { promiseId: id = null, sequenceId }: { promiseId?: string | null; sequenceId: string },
  requestId: string,
) {
  if (id === null) return;
  const claimed = { id, sequenceId, userId: caller.userId, requestId };
  if (!(await claimPromise(db, caller.teamId, claimed))) throw new Refusal("promise_not_found", { id });
}

function putOff(act: Act, wish: JoinWish, ids: readonly string[], requestId: string) {
  const {
    contactIds: _,
    labelNames: __,
    filter: ___,
    isPutOff: ____,
    shownAs,
    resultPath,
    ...instructions
  } = wish;
  return startProgress(act, {
    id: requestId,
    jobType: "sequence_add_contact",
    entityIds: ids,
    params: shownAs,
    instructions: { ...instructions, waived: [...wish.waived], requestId },
    batchSize: BATCH,
    resultPath: resultPath(requestId),
  });
}

/** As many are looked at for a promise. */
const PROMISED = 20 * BATCH;

/** For an act that is taken back: everybody joins who would, as the request itself would have it. */
export async function addForPromise(act: Act, wish: JoinWish) {
  const terms = await readTerms(act, { ...wish, skipsVerification: true });
  const ids = await everybodyIn(act, wish);
  const requestId = newId();
  const isAtOnce = !wish.isPutOff && ids.length <= AT_ONCE;
  if (!isAtOnce) await putOff(act, wish, ids, requestId);
  const { batches, isWhole } = isAtOnce
    ? {
        batches: [await join(act, ids, terms, { requestId, ownWork: null, capacities: null, warns: false })],
        isWhole: true,
      }
    : await rehearse(act, ids, { terms, requestId, most: PROMISED });
  const enrollmentIds = batches.flatMap(({ enrollments }) => enrollments.map(({ id }) => id));
  return { enrollmentIds, stepId: terms.firstStep?.id ?? null, isWhole };
}

/** So many contacts are tried out: the sequence is held meanwhile, and others wait for it. */
const REHEARSED = 5 * BATCH;

/** Nobody will do this work, so whoever asks what would become of it is told at once. */
async function rehearse(
  act: Act,
  ids: readonly string[],
  { terms, requestId, most }: { terms: JoinTerms; requestId: string; most: number },
) {
  const rehearsed: store.Joined[] = [];
  let capacities = await capacitiesOf(act, terms);
  for (let start = 0; start < Math.min(ids.length, most); start += BATCH) {
    const batch = ids.slice(start, Math.min(start + BATCH, most));
    const joined = await join(act, batch, terms, { requestId, ownWork: requestId, capacities, warns: false });
    capacities = afterwards(capacities, joined.shares);
    rehearsed.push(joined);
    await countGrownTables(act.db);
  }
  return { batches: rehearsed, isWhole: ids.length <= most };
}

function capacitiesOf({ db, now, caller }: Act, { mailboxes }: JoinTerms) {
  const ids = mailboxes.map(({ id }) => id);
  return store.capacitiesOf(db, caller.teamId, ids, now);
}

/** What the engine calls for one batch of a request that was put off. */
export async function workOnJoining(
  act: Act,
  instructions: Record<string, unknown>,
  contactIds: readonly string[],
): Promise<Outcome[]> {
  const kept = instructions as TermsWish & {
    requestId: string;
    waived: Flag[];
    startsAt: string | null;
    capacities?: Capacity[];
  };
  const startsAt = kept.startsAt === null ? null : Temporal.Instant.from(kept.startsAt);
  const isOver = startsAt !== null && Temporal.Instant.compare(startsAt, act.now) <= 0;
  const wish = {
    ...kept,
    waived: new Set(kept.waived),
    startsAt: isOver ? null : startsAt,
    startsPaused: kept.startsPaused && !isOver,
  };
  const terms = await readTerms(act, { ...wish, mailboxIds: await stillUsable(act, wish) });
  const { requestId } = kept;
  // The batches together are split among the mailboxes as one would be, so what each was given is carried along.
  const capacities = kept.capacities ?? (await capacitiesOf(act, terms));
  const { skipped, shares } = await join(act, contactIds, terms, {
    requestId,
    ownWork: requestId,
    capacities,
    warns: false,
  });
  const carried = { capacities: afterwards(capacities, shares) };
  await carryInstructions(act.db, act.caller.teamId, requestId, carried);
  const codes = new Map(skipped.map(({ contactId, reasons }) => [contactId, reasons[0]?.code ?? null]));
  return contactIds.map((id) =>
    codes.has(id) ? { outcome: "skipped", code: codes.get(id) ?? null } : { outcome: "added" },
  );
}

/** A mailbox that is lost while the work goes on is left out, as long as there is another. */
async function stillUsable(act: Act, { mailboxIds, sendFromAddress }: TermsWish) {
  if (mailboxIds.length === 1) return mailboxIds;
  const usable: string[] = [];
  for (const id of mailboxIds) {
    const found = await usableMailboxes(act, [id], null).catch((error: unknown) => {
      if (error instanceof Refusal) return [];
      throw error;
    });
    usable.push(...found.map((mailbox) => mailbox.id));
  }
  return usable.length === 0 || sendFromAddress !== null ? mailboxIds : usable;
}

type Hearing = {
  requestId: string;
  ownWork: string | null;
  capacities: readonly Capacity[] | null;
  /** Nobody is told what work that is put off, or a workflow, would warn of. */
  warns: boolean;
};

async function join(
  act: Act,
  ids: readonly string[],
  terms: JoinTerms,
  hearing: Hearing,
): Promise<store.Joined> {
  const { sequence, adderId } = terms;
  const [line, capacities] = await Promise.all([
    formLine(act, ids, {
      ...{ sequence, adderId, ownWork: hearing.ownWork, waived: terms.waived },
      holds: !act.holdsNobody,
    }),
    hearing.capacities?.filter(({ id }) => terms.mailboxes.some((mailbox) => mailbox.id === id)) ??
      capacitiesOf(act, terms),
  ]);

  const { waived, reEnrolls } = terms;
  const reasons = judge(line.people, { waived, reEnrolls, colleagues: line.colleagues }, act.now);
  const joining = line.people.filter((_, n) => reasons[n]?.length === 0);
  const { chosen, shares } = rotate(joining.length, capacities);
  const enrollments = joining.map((person, n) => enrollmentOf(person, chosen[n] as string, terms));
  const skipped = skippedOf(ids, line, reasons);

  await write(act, terms, hearing.requestId, { joining, enrollments, skipped });
  const credits = { ...priceOfAdding({ netNew: 0 }), charged: 0 };
  const { state } = terms.start;
  const told = enrollments.map((one) => ({ ...one, state, firstDueAt: terms.isDated ? one.dueAt : null }));
  const isLookedAt = !terms.skipsVerification && hearing.warns;
  const warnings = isLookedAt ? await warningsFor(act, terms, joining, enrollments) : [];
  const previews =
    act.isDryRun && hearing.ownWork === null ? await previewsFor(act, terms, enrollments) : null;
  const { steps, mailboxes } = terms;
  const { requestId } = hearing;
  return {
    requestId,
    sequence,
    steps,
    mailboxes,
    enrollments: told,
    skipped,
    shares,
    credits,
    warnings,
    previews,
  };
}

function enrollmentOf(person: Standing, mailboxId: string, terms: JoinTerms): store.Joining {
  return {
    id: newId(),
    contactId: person.id,
    generation: person.generation,
    companyKey: person.companyKey,
    mailboxId,
    sendFrom: terms.sendFrom(mailboxId),
    timeZone: person.row.timeZone,
    dueAt: terms.firstDue(person.row.timeZone),
  };
}

/** In the order in which they were named. */
function skippedOf(ids: readonly string[], { people }: Line, reasons: readonly Reason[][]) {
  const found = new Map(people.map(({ id }, n) => [id, reasons[n] ?? []]));
  return ids.flatMap((contactId) => {
    const against = found.get(contactId) ?? [NOT_FOUND];
    return against.length === 0 ? [] : [{ contactId, reasons: against }];
  });
}

type Decided = {
  joining: readonly Standing[];
  enrollments: readonly store.Joining[];
  skipped: store.Joined["skipped"];
};

async function write(act: Act, terms: JoinTerms, requestId: string, decided: Decided) {
  const { db, now, caller } = act;
  const { sequence, adderId, start } = terms;
  const { teamId } = caller;
  const leftBehind = decided.joining.flatMap(({ here }) => here?.enrollmentId ?? []);
  if (leftBehind.length > 0) await store.startOver(db, teamId, leftBehind, REASONS.startedOver, now);
  const sequenceId = sequence.id;
  const verdicts: Verdict[] = [
    ...decided.enrollments.map(({ id, contactId }) => ({ contactId, enrollmentId: id, reasons: [] })),
    ...decided.skipped.map(({ contactId, reasons }) => ({ contactId, enrollmentId: null, reasons })),
  ];
  await Promise.all([
    ...(decided.enrollments.length > 0
      ? [
          store.insertJoining(
            db,
            teamId,
            decided.enrollments,
            {
              ...start,
              sequenceId,
              addedBy: adderId,
              allowsUnverified: terms.waived.has("sequence_unverified_email"),
            },
            now,
          ),
          ...(act.holdsNobody ? [] : [store.noteUse(db, teamId, sequenceId, now)]),
        ]
      : []),
    insertVerdicts(db, teamId, { requestId, sequenceId, userId: adderId }, verdicts, now),
    tell(act, terms, requestId, decided),
  ]);
}

/** Each who joins, each who is left out and each row left behind is an event, laid to whoever is said to add them; an id of nobody is none. */
async function tell(act: Act, terms: JoinTerms, requestId: string, decided: Decided) {
  const { joining, enrollments, skipped } = decided;
  const about = { sequence_id: terms.sequence.id, request_id: requestId };
  const position = terms.firstStep ? { step_position: terms.firstStep.position } : {};
  const happenings: Happening[] = [
    ...joining.flatMap(({ id, here }): Happening[] => {
      if (!here) return [];
      const data = { ...about, contact_id: id, reason: REASONS.startedOver };
      return [{ type: "enrollment.removed", subject: { type: "enrollment", id: here.enrollmentId }, data }];
    }),
    ...enrollments.map(({ id, contactId }) => ({
      type: "enrollment.added" as const,
      subject: { type: "enrollment" as const, id },
      data: { ...about, contact_id: contactId, ...position },
    })),
    ...skipped
      .filter(({ reasons }) => reasons[0] !== NOT_FOUND)
      .map(({ contactId, reasons }) => ({
        type: "enrollment.skipped" as const,
        subject: { type: "contact" as const, id: contactId },
        data: { ...about, contact_id: contactId, code: reasons[0]?.code ?? null },
      })),
  ];
  if (happenings.length > 0) await record({ ...byCaller(act), userId: terms.adderId }, ...happenings);
}

/** Asked before adding: who of them would be left out, and why. */
export async function checkDeployability(act: Act, sequenceId: string, contactIds: readonly string[]) {
  const sequence = await getVisible(act, sequenceId);
  const waived = new Set<Flag>();
  const asking = { sequence, adderId: act.caller.userId, ownWork: null, holds: false, waived };
  const { people, colleagues } = await formLine(act, [...new Set(contactIds)], asking);
  const judged = judge(people, { waived, reEnrolls: false, colleagues }, act.now);
  return tally(
    people.map(({ id }) => id),
    judged,
  );
}

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
import { isEmail } from "../../domain/sequence-plan.ts";
import { fullTouches } from "../../domain/touches.ts";
import { type Warning, warningsAbout } from "../../domain/warnings.ts";
import { newId } from "../../ids.ts";
import { Refusal } from "../../refusal.ts";
import { type Addressed, missingValues, previewFirstMails } from "../composing/commands.ts";
import type { ContactFilter } from "../contact-filters/store.ts";
import { everybodyFound } from "../contact-search/search.ts";
import { byCaller, type Happening, record } from "../events/store.ts";
import { teamRules } from "../explaining/team-rules.ts";
import { findLabelsByName } from "../labels/store.ts";
import { usableMailboxes } from "../mailboxes/usable.ts";
import { startProgress } from "../progress/commands.ts";
import { carryInstructions, type Outcome } from "../progress/store.ts";
import { rulesOf } from "../sequences/whole.ts";
import { getVisible } from "../sharing/commands.ts";
import { insertVerdicts, type Verdict } from "../verdicts/store.ts";
import { formLine, type Line, type Standing } from "./line.ts";
import { outlookOf } from "./outlook.ts";
import * as store from "./store.ts";
import { type JoinTerms, readTerms, type TermsWish } from "./terms.ts";

export type JoinWish = TermsWish & {
  contactIds: readonly string[];
  labelNames: readonly string[];
  /** Everybody whom this search finds. */
  filter: ContactFilter | null;
  isPutOff: boolean;
  /** As the wire shows the work, where it is put off, and where it says the verdicts are. */
  shownAs: Record<string, unknown>;
  resultPath(requestId: string): string;
};

/** As many are dealt with while the caller waits. */
export const AT_ONCE = 1000;
/** Apollo's, and so printed. */
const BATCH = 999;

export async function addContacts(act: Act, wish: JoinWish) {
  const terms = await readTerms(act, wish);
  const ids = await everybodyIn(act, wish);
  const requestId = newId();
  const before = act.isDryRun ? await capacitiesOf(act, terms) : [];
  if (!wish.isPutOff && ids.length <= AT_ONCE) {
    const joined = await join(act, ids, terms, { requestId, ownWork: null, capacities: null });
    const outlook = act.isDryRun ? outlookOf(act, terms, before, [joined]) : undefined;
    return { joined, progress: null, rehearsed: null, outlook };
  }
  const {
    contactIds: _,
    labelNames: __,
    filter: ___,
    isPutOff: ____,
    shownAs,
    resultPath,
    ...instructions
  } = wish;
  const progress = await startProgress(act, {
    id: requestId,
    jobType: "sequence_add_contact",
    entityIds: ids,
    params: shownAs,
    instructions: { ...instructions, waived: [...wish.waived], requestId },
    batchSize: BATCH,
    resultPath: resultPath(requestId),
  });
  const rehearsed = act.isDryRun ? await rehearse(act, ids, terms, requestId) : null;
  const outlook = rehearsed ? outlookOf(act, terms, before, rehearsed.batches) : undefined;
  return { joined: null, progress, rehearsed, outlook };
}

/** Each once, in the order in which they are named: by id, by list, by what a search finds. */
async function everybodyIn(act: Act, { contactIds, labelNames, filter }: JoinWish) {
  const listed = await onLists(act, labelNames);
  const found = filter ? await everybodyFound(act.db, act.caller.teamId, filter, MOST_FOUND) : [];
  if (found.length > MOST_FOUND) throw new Refusal("joining_too_many", { most: MOST_FOUND });
  return [...new Set([...contactIds, ...listed, ...found])];
}

/** As many can be named by their ids. */
const MOST_FOUND = 100_000;

/** So many contacts are tried out: the sequence is held meanwhile, and others wait for it. */
const REHEARSED = 5 * BATCH;

/** Nobody will do this work, so whoever asks what would become of it is told at once. */
async function rehearse(act: Act, ids: readonly string[], terms: JoinTerms, requestId: string) {
  const rehearsed: store.Joined[] = [];
  let capacities = await capacitiesOf(act, terms);
  for (let start = 0; start < Math.min(ids.length, REHEARSED); start += BATCH) {
    const batch = ids.slice(start, Math.min(start + BATCH, REHEARSED));
    const joined = await join(act, batch, terms, { requestId, ownWork: requestId, capacities });
    capacities = afterwards(capacities, joined.shares);
    rehearsed.push(joined);
  }
  return { batches: rehearsed, isWhole: ids.length <= REHEARSED };
}

function capacitiesOf({ db, now, caller }: Act, { mailboxes }: JoinTerms) {
  const ids = mailboxes.map(({ id }) => id);
  return store.capacitiesOf(db, caller.teamId, ids, now);
}

async function onLists({ db, caller }: Act, names: readonly string[]) {
  if (names.length === 0) return [];
  const labels = await findLabelsByName(db, caller.teamId, "contacts", names);
  const known = new Set(labels.map(({ name }) => name.toLowerCase()));
  const missing = names.find((name) => !known.has(name.trim().toLowerCase()));
  if (missing !== undefined) throw new Refusal("joining_list_unknown", { name: missing });
  return store.contactsOnLists(
    db,
    caller.teamId,
    labels.map(({ id }) => id),
  );
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

type Hearing = { requestId: string; ownWork: string | null; capacities: readonly Capacity[] | null };

async function join(
  act: Act,
  ids: readonly string[],
  terms: JoinTerms,
  hearing: Hearing,
): Promise<store.Joined> {
  const { sequence, adderId } = terms;
  const [line, capacities] = await Promise.all([
    formLine(act, ids, { sequence, adderId, ownWork: hearing.ownWork, holds: true }),
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
  const isLookedAt = !terms.skipsVerification && hearing.ownWork === null; // nobody is told what work put off would warn of
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
          store.noteUse(db, teamId, sequenceId, now),
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

/** What will stop their mails as things are now: their stages, a colleague's answer, what a mail needs and nobody knows. */
async function warningsFor(
  act: Act,
  terms: JoinTerms,
  joining: readonly Standing[],
  people: readonly Addressed[],
): Promise<Warning[]> {
  const { db, caller } = act;
  const { sequence } = terms;
  const [rules, { byContact }] = await Promise.all([
    rulesOf(db, caller.teamId, sequence),
    missingValues(act, { sequenceId: sequence.id, people }),
  ]);
  const replyPolicy = String(rules.sameAccountReplyPolicy.value ?? "none");
  const companies =
    replyPolicy === "none" ? [] : [...new Set(joining.flatMap(({ companyKey }) => companyKey ?? []))];
  const answered = await store.answeredIn(db, caller.teamId, sequence.id, companies);
  const safeguards = warningsAbout(
    joining.map(({ row }) => row),
    {
      contactStageIds: sequence.excludedContactStageIds,
      accountStageIds: sequence.excludedAccountStageIds,
      replyPolicy,
      answered: new Map(answered.map(({ companyKey, ...colleague }) => [companyKey, colleague])),
    },
  );
  const gaps = [...byContact].flatMap(([contactId, steps]) =>
    steps.map(({ position, missing }): Warning => {
      return { contactId, code: "snippets_missing", evidence: { position, missing: missing.join(", ") } };
    }),
  );
  return [...safeguards, ...(await touchedEnough(act, terms, joining)), ...gaps];
}

/** As things are when the first step is due, if nobody is touched until then. */
async function touchedEnough(
  { db, caller, now }: Act,
  { firstStep }: JoinTerms,
  joining: readonly Standing[],
): Promise<Warning[]> {
  const readers = joining.map(({ row }) => ({
    contactId: row.id,
    companyKey: row.companyKey,
    email: row.email,
  }));
  const rules = await teamRules({ db, teamId: caller.teamId, now }, readers);
  return readers.flatMap((reader): Warning[] => {
    const binding = fullTouches(rules.touches(reader), firstStep?.type ?? "auto_email", now);
    if (!binding) return [];
    const { scope, counts, most, days, window } = binding.standing;
    const until = binding.full.freeAt?.toString({ fractionalSecondDigits: 3 }) ?? null;
    const evidence = { scope, counts, limit: most, days, touches: window.sent, until };
    return [{ contactId: reader.contactId, code: "touch_limit", evidence }];
  });
}

const PREVIEWS = 5;

/** For whoever only wants to see: the first mails as they would read. */
async function previewsFor(
  act: Act,
  { sequence, steps, firstStep }: JoinTerms,
  people: readonly Addressed[],
) {
  const step = steps.find(
    ({ position, type, isOn }) => isOn && position >= (firstStep?.position ?? 1) && isEmail(type),
  );
  if (!step) return [];
  return previewFirstMails(act, {
    sequenceId: sequence.id,
    stepId: step.id,
    enrollments: people.slice(0, PREVIEWS),
  });
}

/** Asked before adding: who of them would be left out, and why. */
export async function checkDeployability(act: Act, sequenceId: string, contactIds: readonly string[]) {
  const sequence = await getVisible(act, sequenceId);
  const asking = { sequence, adderId: act.caller.userId, ownWork: null, holds: false };
  const { people, colleagues } = await formLine(act, [...new Set(contactIds)], asking);
  const judged = judge(people, { waived: new Set(), reEnrolls: false, colleagues }, act.now);
  return tally(
    people.map(({ id }) => id),
    judged,
  );
}

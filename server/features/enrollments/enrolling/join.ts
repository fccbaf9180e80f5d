// Decides which contacts are enrolled and which are skipped, and records it: one batch, in one transaction.
//
// An enrolled contact is a row with a due date; nothing else is started, and the engine finds it. Locks the sequence
// first, then the contacts in the order of their ids, as every other writer does. So a sequence that is switched off,
// or a contact who unsubscribes, is merged or added twice at the same instant, changes before or after, never in
// between.

import type { Act } from "../../../app.ts";
import {
  type IneligibleReason,
  judgeCandidates,
  NOT_FOUND,
} from "../../../domain/enrollments/eligibility.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import { priceOfAdding } from "../../../domain/identity/credits.ts";
import { type Capacity, rotate } from "../../../domain/sequences/rotation.ts";
import { newId } from "../../../kernel/ids.ts";
import { byCaller, type Happening, record } from "../../events/events/store.ts";
import { readingsOf } from "../enrollments/readings.ts";
import { setEnrollmentsAside } from "../enrollments/store.ts";
import { type EnrollmentVerdict, insertVerdicts } from "../verdicts/store.ts";
import { type CandidateFacts, type EnrollingCandidate, formLine } from "./candidate-facts.ts";
import * as store from "./store.ts";
import type { JoinTerms } from "./terms.ts";
import { busyElsewhere, startsOf } from "./waiting.ts";
import { previewsFor, warningsFor } from "./warnings.ts";

/** Who asked, and what they are told. */
type JoiningRequest = {
  requestId: string;
  ownWork: string | null;
  capacities: readonly Capacity[] | null;
  /** False for background work and workflows, where no user reads the warnings. */
  warns: boolean;
};

export async function join(
  act: Act,
  ids: readonly string[],
  terms: JoinTerms,
  hearing: JoiningRequest,
): Promise<store.Joined> {
  const { sequence } = terms;
  const [line, capacities] = await Promise.all([
    formLine(act, ids, {
      sequence,
      ownWork: hearing.ownWork,
      waived: terms.waived,
      isExplicit: terms.isExplicit,
      byMasterKey: terms.byMasterKey,
      holds: !act.holdsNobody,
    }),
    hearing.capacities?.filter(({ id }) => terms.mailboxes.some((mailbox) => mailbox.id === id)) ??
      capacitiesOf(act, terms),
  ]);

  const { waived, reEnrolls, waitsForOthers, isExplicit } = terms;
  const judging = { waived, reEnrolls, waitsForOthers, isExplicit, colleagues: line.colleagues };
  const reasons = judgeCandidates(line.people, judging, act.now);
  const joining = line.people.filter((_, n) => reasons[n]?.length === 0);
  const { chosen, shares } = rotate(joining.length, capacities);
  const busy = await busyElsewhere(act, terms, joining);
  const readings = sequence.sendsAtUsualHour ? await readingsIn(act, terms, joining) : null;
  const enrollments = joining.map((person, n) => ({
    ...enrollmentOf(person, chosen[n] as string, { terms, readAt: readings?.(sequence.id, person.id) ?? [] }),
    waits: busy.has(person.id),
  }));
  const skipped = skippedOf(ids, line, reasons);

  await write(act, terms, hearing.requestId, { joining, enrollments, skipped });
  const credits = { ...priceOfAdding({ netNew: 0 }), charged: 0 };
  const told = enrollments.map((one) => ({
    ...one,
    state: one.waits ? ("paused" as const) : terms.start.state,
    firstDueAt: terms.isDated && !one.waits ? one.dueAt : null,
  }));
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

function enrollmentOf(
  person: EnrollingCandidate,
  mailboxId: string,
  { terms, readAt }: { terms: JoinTerms; readAt: readonly number[] },
): Omit<store.Joining, "waits"> {
  return {
    id: newId(),
    contactId: person.id,
    generation: person.generation,
    companyKey: person.companyKey,
    mailboxId,
    sendFrom: terms.sendFrom(mailboxId),
    timeZone: person.row.timeZone,
    dueAt: terms.firstDue(person.row, readAt),
  };
}

function readingsIn({ db, caller }: Act, { sequence }: JoinTerms, joining: readonly EnrollingCandidate[]) {
  const people = joining.map(({ id }) => ({ sequenceId: sequence.id, contactId: id }));
  return readingsOf(db, caller.teamId, new Map([[sequence.id, sequence]]), people);
}

/** In the order in which they were named. */
function skippedOf(
  ids: readonly string[],
  { people }: CandidateFacts,
  reasons: readonly IneligibleReason[][],
) {
  const found = new Map(people.map(({ id }, n) => [id, reasons[n] ?? []]));
  return ids.flatMap((contactId) => {
    const against = found.get(contactId) ?? [NOT_FOUND];
    return against.length === 0 ? [] : [{ contactId, reasons: against }];
  });
}

type Decided = {
  joining: readonly EnrollingCandidate[];
  enrollments: readonly store.Joining[];
  skipped: store.Joined["skipped"];
};

async function write(act: Act, terms: JoinTerms, requestId: string, decided: Decided) {
  const { db, now, caller } = act;
  const { sequence, adderId } = terms;
  const { teamId } = caller;
  const leftBehind = decided.joining.flatMap(({ here }) => here?.enrollmentId ?? []);
  if (leftBehind.length > 0) await setEnrollmentsAside(db, teamId, leftBehind, REASONS.startedOver, now);
  const sequenceId = sequence.id;
  const allowsUnverified = terms.waived.has("sequence_unverified_email");
  const allowsSameEmail = terms.waived.has("sequence_same_email_in_same_campaign");
  const allowsNoEmail = terms.waived.has("sequence_no_email");
  const verdicts: EnrollmentVerdict[] = [
    ...decided.enrollments.map(({ id, contactId }) => ({ contactId, enrollmentId: id, reasons: [] })),
    ...decided.skipped.map(({ contactId, reasons }) => ({ contactId, enrollmentId: null, reasons })),
  ];
  await Promise.all([
    ...(decided.enrollments.length > 0
      ? [
          ...startsOf(decided.enrollments, terms).map(([people, start]) =>
            store.insertJoining(
              db,
              teamId,
              people,
              { ...start, sequenceId, addedBy: adderId, allowsUnverified, allowsNoEmail, allowsSameEmail },
              now,
            ),
          ),
          ...(act.holdsNobody ? [] : [store.noteUse(db, teamId, sequenceId, now)]),
        ]
      : []),
    insertVerdicts(db, teamId, { requestId, sequenceId, userId: adderId }, verdicts, now),
    tell(act, terms, requestId, decided),
  ]);
}

/**
 * Each enrolled contact, each skipped contact and each replaced row is an event, credited to the user who is named as
 * adding them. An unknown user's id counts as none.
 */
async function tell(act: Act, terms: JoinTerms, requestId: string, decided: Decided) {
  const { joining, enrollments, skipped } = decided;
  const isForAnother = act.caller.userId !== terms.adderId;
  const askedBy = isForAnother ? { asked_by: act.caller.userId } : {};
  const about = { sequence_id: terms.sequence.id, request_id: requestId, ...askedBy };
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

/** What each mailbox has to do already, and may do. */
export function capacitiesOf({ db, now, caller }: Act, { mailboxes }: JoinTerms) {
  const ids = mailboxes.map(({ id }) => id);
  return store.capacitiesOf(db, caller.teamId, ids, now);
}

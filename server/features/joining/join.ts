// Those who join and those who are left out, judged, written down and told: one batch, in one transaction.
//
// One who joins is a row with a date on it, and nothing else is started: the clock finds it. Sequence first, then
// contacts in the order of their ids: everybody who changes either takes the same locks, so whoever switches the sequence
// off, unsubscribes, is merged or added twice at this instant comes before or after, never in between.

import type { Act } from "../../app.ts";
import { priceOfAdding } from "../../domain/credits.ts";
import { judge, NOT_FOUND, type Reason } from "../../domain/eligibility.ts";
import { REASONS } from "../../domain/enrollment.ts";
import { type Capacity, rotate } from "../../domain/rotation.ts";
import { newId } from "../../ids.ts";
import { setAside } from "../enrollments/store.ts";
import { byCaller, type Happening, record } from "../events/store.ts";
import { insertVerdicts, type Verdict } from "../verdicts/store.ts";
import { previewsFor, warningsFor } from "./foreseen.ts";
import { formLine, type Line, type Standing } from "./line.ts";
import * as store from "./store.ts";
import type { JoinTerms } from "./terms.ts";
import { busyElsewhere, startsOf } from "./waiting.ts";

/** Who asked, and what they are told. */
export type Hearing = {
  requestId: string;
  ownWork: string | null;
  capacities: readonly Capacity[] | null;
  /** Nobody is told what work that is put off, or a workflow, would warn of. */
  warns: boolean;
};

export async function join(
  act: Act,
  ids: readonly string[],
  terms: JoinTerms,
  hearing: Hearing,
): Promise<store.Joined> {
  const { sequence } = terms;
  const [line, capacities] = await Promise.all([
    formLine(act, ids, {
      ...{
        sequence,
        ownWork: hearing.ownWork,
        waived: terms.waived,
        isExplicit: terms.isExplicit,
        byMasterKey: terms.byMasterKey,
      },
      holds: !act.holdsNobody,
    }),
    hearing.capacities?.filter(({ id }) => terms.mailboxes.some((mailbox) => mailbox.id === id)) ??
      capacitiesOf(act, terms),
  ]);

  const { waived, reEnrolls, waitsForOthers, isExplicit } = terms;
  const judging = { waived, reEnrolls, waitsForOthers, isExplicit, colleagues: line.colleagues };
  const reasons = judge(line.people, judging, act.now);
  const joining = line.people.filter((_, n) => reasons[n]?.length === 0);
  const { chosen, shares } = rotate(joining.length, capacities);
  const busy = await busyElsewhere(act, terms, joining);
  const enrollments = joining.map((person, n) => ({
    ...enrollmentOf(person, chosen[n] as string, terms),
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

function enrollmentOf(person: Standing, mailboxId: string, terms: JoinTerms): Omit<store.Joining, "waits"> {
  return {
    id: newId(),
    contactId: person.id,
    generation: person.generation,
    companyKey: person.companyKey,
    mailboxId,
    sendFrom: terms.sendFrom(mailboxId),
    timeZone: person.row.timeZone,
    dueAt: terms.firstDue(person.row),
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
  const { sequence, adderId } = terms;
  const { teamId } = caller;
  const leftBehind = decided.joining.flatMap(({ here }) => here?.enrollmentId ?? []);
  if (leftBehind.length > 0) await setAside(db, teamId, leftBehind, REASONS.startedOver, now);
  const sequenceId = sequence.id;
  const allowsUnverified = terms.waived.has("sequence_unverified_email");
  const allowsSameEmail = terms.waived.has("sequence_same_email_in_same_campaign");
  const allowsNoEmail = terms.waived.has("sequence_no_email");
  const verdicts: Verdict[] = [
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

/** Each who joins, each who is left out and each row left behind is an event, laid to whoever is said to add them; an id of nobody is none. */
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

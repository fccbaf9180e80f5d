// Why a contact: in which sequences they are and how they stand in each, and what would keep them out of another.

import { type AddressBars, NO_BARS } from "../../../domain/contacts/address-claims.ts";
import type {
  EnrollmentCandidate,
  EnrollmentEvidence,
  IneligibleReason,
} from "../../../domain/enrollments/eligibility.ts";
import { judgeCandidates } from "../../../domain/enrollments/eligibility.ts";
import { holdsOn } from "../../../domain/gate/gate.ts";
import { soundExcept } from "../../../domain/gate/sound-facts.ts";
import {
  type Explained,
  explainStanding,
  type HeldBy,
  holdWithSentence,
} from "../../../domain/insight/explaining.ts";
import type { AnswerHold } from "../../../domain/receiving/answer-holds.ts";
import type { TouchStanding } from "../../../domain/sequences/touches.ts";
import { zoneFor } from "../../../domain/time/schedule.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { HIDDEN, UNTOLD } from "../../access/sharing/hiding.ts";
import { heldAmong } from "../../contacts/answer-holds/commands.ts";
import { sortIds } from "../../contacts/contact-rows/store.ts";
import { barsAmong } from "../../contacts/suppressions/barring.ts";
import type { SuppressionRow } from "../../contacts/suppressions/store.ts";
import { barringOf, QUEUES } from "../../enrollments/enrolling/candidate-facts.ts";
import { membershipsOf, queuedElsewhere } from "../../enrollments/enrolling/store.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import * as store from "../../gate/facts/facts-store.ts";
import { personAlone } from "../../gate/facts/people.ts";
import { type EnrollmentWithContext, placeAll } from "../../gate/facts/standings.ts";
import { teamRules } from "../../gate/facts/team-rules.ts";
import { otherOwnerOf, ownershipFor } from "../../identity/ownership/ownership.ts";
import { type Explanation, past } from "./commands.ts";
import { withEstimates } from "./estimating.ts";
import { withLocks } from "./locks.ts";
import { nobodysMeans } from "./means.ts";
import { withUsualHours } from "./usual-hours.ts";
import { withWaits } from "./waiting.ts";

const MOST_ENROLLMENTS = 50;

type ContactExplanation = Explanation & {
  enrollments: readonly { placed: EnrollmentWithContext; explained: Explained }[];
  suppression: SuppressionRow | null;
  against: readonly IneligibleReason[];
};

export async function explainContact(asking: ReadContext, id: string): Promise<ContactExplanation> {
  const { db, caller } = asking;
  const { teamId } = caller;
  const person = await store.findContactFacts(db, teamId, id);
  if (!person) {
    const { deleted } = await sortIds(db, teamId, [id]);
    throw new Refusal(deleted.length > 0 ? "contact_deleted" : "contact_unknown");
  }
  const ids = await store.enrollmentIdsOf(db, teamId, id, MOST_ENROLLMENTS);
  const [rows, barred] = await Promise.all([
    store.readStandings(db, teamId, ids),
    barsAmong(asking.db, asking.caller.teamId, person.email === null ? [] : [person.email]),
  ]);
  const suppression = person.email === null ? null : barred(person.email);
  const all = await withLocks(
    asking,
    await withUsualHours(asking, await withWaits(asking, await placeAll(asking, rows))),
  );
  const enrollments = (await withEstimates(asking, all)).map((placed) => ({
    placed,
    explained: explainStanding(placed.standing),
  }));
  const seen = new Set(enrollments.map(({ placed }) => placed.row.sequenceId));
  const against = await reasonsAgainst(asking, person, seen);
  const whom = { contactId: id, companyKey: person.companyKey, email: person.email, hasSentMail: true };
  const rules = await teamRules({ db, teamId, now: asking.now, holds: false }, [whom]);
  const answerHold = (await heldAmong(db, teamId, [whom]))(whom);
  const bars = person.email === null ? NO_BARS : barred.claims(person.email);
  const heldBy = heldOf(asking, person, { suppression, bars, answerHold, touches: rules.touches(whom) });
  return {
    subject: { type: "contact", id, name: person.name },
    ...sayOf(person.name ?? say("The contact"), enrollments, against),
    next: soonest(enrollments),
    heldBy,
    means: { ...(await nobodysMeans(asking)), contactId: id, otherEmail: person.otherEmail },
    history: await past(asking, "contact", [id]),
    enrollments,
    suppression,
    against,
  };
}

/** What the gate says of this person whatever the sequence is. */
function heldOf(
  { now }: ReadContext,
  row: store.GateContactRow,
  {
    suppression,
    bars,
    answerHold,
    touches,
  }: {
    suppression: SuppressionRow | null;
    bars: AddressBars;
    answerHold: AnswerHold | null;
    touches: readonly TouchStanding[];
  },
): HeldBy[] {
  const facts = soundExcept(now, {
    person: { ...personAlone(row, suppression, bars), answerHold },
    touches,
  });
  return holdsOn(facts).map((hold) => holdWithSentence(hold, zoneFor(null, row.timeZone)));
}

/** Into a sequence without colleagues, and without any flag. Hidden sequences are not named. */
async function reasonsAgainst(asking: ReadContext, row: store.GateContactRow, visible: ReadonlySet<string>) {
  const { db, caller, now } = asking;
  const [memberships, queued, barredBy, ownership] = await Promise.all([
    membershipsOf(db, caller.teamId, [row.id]),
    queuedElsewhere(db, caller.teamId, [row.id], QUEUES, null),
    barringOf(asking, [row]),
    ownershipFor(asking),
  ]);
  const candidate: EnrollmentCandidate = {
    id: row.id,
    email: row.email,
    emailStatus: row.emailStatus,
    isUserManaged: row.emailFromCustomer === true,
    barredBy: barredBy(row),
    otherOwner: otherOwnerOf(row.ownerId, ownership(row.ownerId)),
    jobChangedAt: row.jobChangeDetectedAt,
    companyKey: row.companyKey,
    here: null,
    address: null,
    twin: null,
    takenOutAt: null,
    elsewhere: memberships
      .filter((one): one is typeof one & EnrollmentEvidence => !one.isArchived && one.state !== "removed")
      .map((one) => (visible.has(one.sequenceId) ? one : { ...one, ...HIDDEN, ...UNTOLD })),
    queuedIn: queued[0]?.progressId ?? null,
  };
  const terms = {
    waived: new Set<never>(),
    reEnrolls: false,
    waitsForOthers: false,
    isExplicit: true,
    colleagues: new Map(),
  };
  return judgeCandidates([candidate], terms, now)[0] ?? [];
}

function sayOf(
  who: string,
  enrollments: ContactExplanation["enrollments"],
  against: readonly IneligibleReason[],
) {
  const live = enrollments.filter(({ explained: { state } }) => !ENDED.includes(state));
  const where =
    live.length === 0
      ? say("{who} is not in any sequence.", { who })
      : live.map(({ explained }) => explained.sentence).join(" ");
  const isBarred = against.some(({ flag }) => flag === null);
  const state = isBarred ? "barred" : live.length > 0 ? "in_sequence" : "reachable";
  const more = isBarred ? say(" The contact cannot be added to a sequence now.") : "";
  return { state, sentence: `${where}${more}` };
}

const ENDED = ["finished", "removed"];

function soonest(enrollments: ContactExplanation["enrollments"]) {
  const dated = enrollments.flatMap(({ explained: { next } }) => (next?.at ? [{ next, at: next.at }] : []));
  dated.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  return dated[0]?.next ?? null;
}

// Why a contact: in which sequences they are and how they stand in each, and what would keep them out of another.

import { type AddressBars, NO_BARS } from "../../domain/address-claims.ts";
import type { AnswerHold } from "../../domain/answer-holds.ts";
import type { Candidate, Membership, Reason } from "../../domain/eligibility.ts";
import { judge } from "../../domain/eligibility.ts";
import { type Explained, explainStanding, type HeldBy, told } from "../../domain/explaining.ts";
import { holdsOn } from "../../domain/gate.ts";
import { zoneFor } from "../../domain/schedule.ts";
import { soundExcept } from "../../domain/sound-facts.ts";
import type { TouchStanding } from "../../domain/touches.ts";
import { Refusal } from "../../refusal.ts";
import { heldAmong } from "../answer-holds/commands.ts";
import { sortIds } from "../contacts/store.ts";
import { barringOf, QUEUES } from "../joining/line.ts";
import { membershipsOf, queuedElsewhere } from "../joining/store.ts";
import { HIDDEN, UNTOLD } from "../sharing/hiding.ts";
import { otherOwnerOf, ownershipFor } from "../sharing/ownership.ts";
import type { SuppressionRow } from "../suppressions/store.ts";
import type { Asking } from "./around.ts";
import { type Explanation, past } from "./commands.ts";
import { withEstimates } from "./estimating.ts";
import { nobodysMeans } from "./means.ts";
import { barring, type Placed, personAlone, placeAll } from "./standings.ts";
import * as store from "./store.ts";
import { teamRules } from "./team-rules.ts";
import { withTasks } from "./waiting.ts";

const MOST_ENROLLMENTS = 50;

export type ContactExplanation = Explanation & {
  enrollments: readonly { placed: Placed; explained: Explained }[];
  suppression: SuppressionRow | null;
  against: readonly Reason[];
};

export async function explainContact(asking: Asking, id: string): Promise<ContactExplanation> {
  const { db, caller } = asking;
  const { teamId } = caller;
  const person = await store.findPerson(db, teamId, id);
  if (!person) {
    const { deleted } = await sortIds(db, teamId, [id]);
    throw new Refusal(deleted.length > 0 ? "contact_deleted" : "contact_unknown");
  }
  const ids = await store.enrollmentIdsOf(db, teamId, id, MOST_ENROLLMENTS);
  const [rows, barred] = await Promise.all([
    store.readStandings(db, teamId, ids),
    barring(asking, person.email === null ? [] : [person.email]),
  ]);
  const suppression = person.email === null ? null : barred(person.email);
  const enrollments = (
    await withEstimates(asking, await withTasks(asking, await placeAll(asking, rows)))
  ).map((placed) => ({
    placed,
    explained: explainStanding(placed.standing),
  }));
  const seen = new Set(enrollments.map(({ placed }) => placed.row.sequenceId));
  const against = await reasonsAgainst(asking, person, seen);
  const whom = { contactId: id, companyKey: person.companyKey, email: person.email };
  const rules = await teamRules({ db, teamId, now: asking.now, holds: false }, [whom]);
  const answerHold = (await heldAmong(db, teamId, [whom]))(whom);
  const bars = person.email === null ? NO_BARS : barred.claims(person.email);
  const heldBy = heldOf(asking, person, { suppression, bars, answerHold, touches: rules.touches(whom) });
  return {
    subject: { type: "contact", id, name: person.name },
    ...sayOf(person.name ?? "The contact", enrollments, against),
    next: soonest(enrollments),
    heldBy,
    means: { ...(await nobodysMeans(asking)), contactId: id, otherEmail: person.otherEmail },
    history: await past(asking, "contact", [id]),
    ...{ enrollments, suppression, against },
  };
}

/** What the gate says of this person whatever the sequence is. */
function heldOf(
  { now }: Asking,
  row: store.PersonRow,
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
  return holdsOn(facts).map((hold) => told(hold, zoneFor(null, row.timeZone)));
}

/** Into a sequence where nobody of their company is, without any flag. Hidden sequences are not named. */
async function reasonsAgainst(asking: Asking, row: store.PersonRow, visible: ReadonlySet<string>) {
  const { db, caller, now } = asking;
  const [memberships, queued, barredBy, ownership] = await Promise.all([
    membershipsOf(db, caller.teamId, [row.id]),
    queuedElsewhere(db, caller.teamId, [row.id], QUEUES, null),
    barringOf(asking, [row]),
    ownershipFor(asking),
  ]);
  const candidate: Candidate = {
    id: row.id,
    email: row.email,
    emailStatus: row.emailStatus,
    isUserManaged: row.emailFromCustomer === true,
    barredBy: barredBy(row),
    otherOwner: otherOwnerOf(row.ownerId, ownership(row.ownerId)),
    jobChangedAt: row.jobChangeDetectedAt,
    companyKey: row.companyKey,
    ...{ here: null, address: null, twin: null, takenOutAt: null },
    elsewhere: memberships
      .filter((one): one is typeof one & Membership => !one.isArchived && one.state !== "removed")
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
  return judge([candidate], terms, now)[0] ?? [];
}

function sayOf(who: string, enrollments: ContactExplanation["enrollments"], against: readonly Reason[]) {
  const live = enrollments.filter(({ explained: { state } }) => !ENDED.includes(state));
  const where =
    live.length === 0
      ? `${who} is in no sequence at the moment.`
      : live.map(({ explained }) => explained.sentence).join(" ");
  const isBarred = against.some(({ flag }) => flag === null);
  const state = isBarred ? "barred" : live.length > 0 ? "in_sequence" : "reachable";
  const more = isBarred ? " They cannot be added to a sequence as things are." : "";
  return { state, sentence: `${where}${more}` };
}

const ENDED = ["finished", "removed"];

function soonest(enrollments: ContactExplanation["enrollments"]) {
  const dated = enrollments.flatMap(({ explained: { next } }) => (next?.at ? [{ next, at: next.at }] : []));
  dated.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  return dated[0]?.next ?? null;
}

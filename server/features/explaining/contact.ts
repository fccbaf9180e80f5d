// Why a contact: in which sequences they are and how they stand in each, and what would keep them out of another.

import type { Candidate, Membership, Reason } from "../../domain/eligibility.ts";
import { isVerified, judge } from "../../domain/eligibility.ts";
import { type Explained, explainStanding, type HeldBy, told } from "../../domain/explaining.ts";
import { holdsOn } from "../../domain/gate.ts";
import { zoneFor } from "../../domain/schedule.ts";
import { soundExcept } from "../../domain/sound-facts.ts";
import { canonicalAddress } from "../../domain/suppression.ts";
import type { TouchStanding } from "../../domain/touches.ts";
import { Refusal } from "../../refusal.ts";
import { sortIds } from "../contacts/store.ts";
import { barringOf, QUEUES } from "../joining/line.ts";
import { membershipsOf, queuedElsewhere } from "../joining/store.ts";
import { HIDDEN, UNTOLD } from "../sharing/hiding.ts";
import { subteamMatesOf } from "../sharing/store.ts";
import type { SuppressionRow } from "../suppressions/store.ts";
import type { Asking } from "./around.ts";
import { type Explanation, past } from "./commands.ts";
import { nobodysMeans } from "./means.ts";
import { barring, type Placed, placeAll } from "./standings.ts";
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
  const enrollments = (await withTasks(asking, await placeAll(asking, rows))).map((placed) => ({
    placed,
    explained: explainStanding(placed.standing),
  }));
  const seen = new Set(enrollments.map(({ placed }) => placed.row.sequenceId));
  const against = await reasonsAgainst(asking, person, seen);
  const whom = { contactId: id, companyKey: person.companyKey, email: person.email };
  const rules = await teamRules({ db, teamId, now: asking.now, holds: false }, [whom]);
  const heldBy = heldOf(asking, person, { suppression, touches: rules.touches(whom) });
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
  { suppression, touches }: { suppression: SuppressionRow | null; touches: readonly TouchStanding[] },
): HeldBy[] {
  const facts = soundExcept(now, { person: personAlone(row, suppression), touches });
  return holdsOn(facts).map((hold) => told(hold, zoneFor(null, row.timeZone)));
}

export function personAlone(row: store.PersonRow, suppression: SuppressionRow | null) {
  return {
    id: row.id,
    email: row.email,
    isAddressSound: row.email !== null && canonicalAddress(row.email) !== null,
    emailStatus: row.emailStatus,
    isVerified: isVerified(row.emailStatus),
    isUnsubscribed: row.emailUnsubscribed === true,
    unsubscribedAt: row.emailUnsubscribedAt,
    isDoNotContact: row.doNotContact,
    pausedUntil: row.pausedUntil,
    hasBounced: row.bouncedAt !== null || row.emailStatus === "bounced",
    bouncedAt: row.bouncedAt,
    suppression: suppression && { ...suppression, at: suppression.createdAt },
  };
}

/** Into a sequence where nobody of their company is, without any flag. Hidden sequences are not named. */
async function reasonsAgainst(asking: Asking, row: store.PersonRow, visible: ReadonlySet<string>) {
  const { db, caller, now } = asking;
  const [memberships, queued, barredBy, mates] = await Promise.all([
    membershipsOf(db, caller.teamId, [row.id]),
    queuedElsewhere(db, caller.teamId, [row.id], QUEUES, null),
    barringOf(asking, [row]),
    subteamMatesOf(db, caller.teamId, caller.userId),
  ]);
  const isOthers = row.ownerId !== null && row.ownerId !== caller.userId;
  const mayActFor = caller.role === "admin" || (row.ownerId !== null && mates.has(row.ownerId));
  const candidate: Candidate = {
    id: row.id,
    email: row.email,
    emailStatus: row.emailStatus,
    isUserManaged: row.emailFromCustomer === true,
    barredBy: barredBy(row),
    otherOwner: isOthers ? { id: row.ownerId ?? "", mayActFor } : null,
    jobChangedAt: row.jobChangeDetectedAt,
    companyKey: row.companyKey,
    here: null,
    elsewhere: memberships
      .filter((one): one is typeof one & Membership => one.isInForce && one.state !== "removed")
      .map((one) => (visible.has(one.sequenceId) ? one : { ...one, ...HIDDEN, ...UNTOLD })),
    queuedIn: queued[0]?.progressId ?? null,
  };
  const terms = { waived: new Set<never>(), reEnrolls: false, waitsForOthers: false, colleagues: new Map() };
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

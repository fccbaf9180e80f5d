// The state of a contact, an enrollment or a mailbox at a moment. Gathered from their own rows and their history;
// what the history does not hold is said.

import type { Act } from "../../../app.ts";
import { clockSays } from "../../../domain/basics/clock-words.ts";
import { pauseInForce } from "../../../domain/contacts/pausing.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import { deliveryAt, membershipSays } from "../../../domain/insight/as-of.ts";
import { type HeldBy, holdWithSentence } from "../../../domain/insight/explaining.ts";
import { HOLD_WORDS, type HoldCode } from "../../../domain/insight/hold-words.ts";
import { zoneFor } from "../../../domain/time/schedule.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { listed, say } from "../../../kernel/say.ts";
import { getContact } from "../../desk/contacts/commands.ts";
import { brakesOfMailboxAt } from "../../gate/brakes/store.ts";
import { readOwnSending } from "../../gate/facts/sending-store.ts";
import { keptEvidence } from "../../sending/messages/whole.ts";
import { findVisible } from "../../sequences/sequences/finding.ts";
import { mailboxStands } from "../explaining/mailbox.ts";
import type { ContactAsOf, EnrollmentAsOf, MailboxAsOf, PastEnrollment } from "./store.ts";
import * as store from "./store.ts";

/** Also whether the whole row was kept at this moment, or its states alone. */
async function begin({ db, now }: Act, at: Temporal.Instant, bornAt: Temporal.Instant) {
  if (Temporal.Instant.compare(at, now) > 0) throw new Refusal("moment_in_future");
  const began = await store.beganAt(db);
  const isBorn = Temporal.Instant.compare(bornAt, at) <= 0;
  const isWhole = began === null || compareAny(began, [at, bornAt]);
  const notKept =
    isBorn && !isWhole && began
      ? [
          say("Details before {began} were not recorded, only the states.", {
            began: clockSays(began, "UTC"),
          }),
        ]
      : [];
  return { at, existed: isBorn, isWhole, notKept };
}

/** Whether either came after it. */
function compareAny(began: Temporal.Instant, moments: readonly Temporal.Instant[]) {
  return moments.some((moment) => Temporal.Instant.compare(moment, began) >= 0);
}

function membershipOf(row: store.EnrollmentThen, isWhole: boolean): PastEnrollment {
  const { was } = row;
  const kept = isWhole
    ? {
        state: was.state,
        reason: was.state === "failed" ? (was.failure_reason ?? was.inactive_reason) : was.inactive_reason,
        stepId: was.step_id,
        stepPosition: row.stepPosition,
        mailboxId: was.mailbox_id,
        dueAt: momentOf(was.due_at),
        resumeAt: momentOf(was.resume_at),
      }
    : {
        state: row.stateThen ?? was.state,
        reason: row.stateThen ? row.reasonThen : was.inactive_reason,
        stepId: null,
        stepPosition: null,
        mailboxId: null,
        dueAt: null,
        resumeAt: null,
      };
  const { id, sequenceId, sequenceName, contactId, contactName } = row;
  const who = contactName ?? say("The contact");
  const about = { who, sequence: sequenceName, zone: zoneFor(null, row.timeZone) };
  return {
    id,
    sequenceId,
    sequenceName,
    contactId,
    contactName,
    ...kept,
    sentence: membershipSays(kept, about),
  };
}

export async function enrollmentAsOf(act: Act, id: string, at: Temporal.Instant): Promise<EnrollmentAsOf> {
  const { db, caller } = act;
  const { teamId } = caller;
  const [row] = await store.enrollmentsThen(db, teamId, [id], at);
  if (!row || !(await findVisible(act, row.sequenceId))) throw new Refusal("record_not_found");
  const then = await begin(act, at, row.addedAt);
  const membership = membershipOf(row, then.isWhole);
  const [mails, tasks] = await Promise.all([
    store.mailsThen(db, teamId, id, at),
    store.tasksThen(db, teamId, id, at),
  ]);
  const seen = mails.map((mail) => ({
    ...mail,
    delivery: deliveryAt({ ...mail, delivery: mail.was.delivery }, at),
  }));
  const zone = zoneFor(null, row.timeZone);
  const heldBy = then.isWhole ? heldThen(row, membership, { mails: seen, tasks }, zone) : [];
  const waitsInQueue =
    membership.state === "active" &&
    isBy(membership.dueAt, at) &&
    seen.some(({ stepId, delivery }) => stepId === membership.stepId && delivery === "planned");
  if (waitsInQueue && membership.mailboxId) {
    const mailbox = await mailboxAt(act, membership.mailboxId, at);
    for (const hold of mailbox?.stands.heldBy ?? [])
      if (!heldBy.some(({ code }) => code === hold.code)) heldBy.push(hold);
  }
  if (membership.state === "active" && heldBy.length === 0 && isBy(membership.dueAt, at))
    then.notKept.push(say("It was due, and no result was recorded yet."));
  return { ...then, membership, heldBy, mails: seen, tasks };
}

type Work = Pick<EnrollmentAsOf, "mails" | "tasks">;

const ENDS = {
  paused: ["enrollment_paused", "paused_at"],
  finished: ["enrollment_finished", "finished_at"],
  failed: ["enrollment_failed", "failed_at"],
  removed: ["enrollment_removed", "removed_at"],
} as const;

/** As it was met then: the state they were in, what the engine had written beside their mail, the task that was open. */
function heldThen(
  { was }: store.EnrollmentThen,
  membership: PastEnrollment,
  { mails, tasks }: Work,
  zone: string,
) {
  const { state, reason, stepId, resumeAt } = membership;
  const end = Object.hasOwn(ENDS, state) ? ENDS[state as keyof typeof ENDS] : null;
  if (state === "paused" && reason === REASONS.sequenceInactive)
    return [
      holdWithSentence(
        { code: "sequence_inactive", evidence: {}, since: momentOf(was.paused_at), until: null },
        zone,
      ),
    ];
  if (end) {
    const [code, since] = end;
    const until = state === "paused" ? resumeAt : null;
    return [
      holdWithSentence(
        { code, evidence: { reason, failure: reason }, since: momentOf(was[since]), until },
        zone,
      ),
    ];
  }
  const heldBy: HeldBy[] = [];
  for (const mail of mails.filter((one) => one.stepId === stepId)) {
    const { hold_code: code, hold_evidence: evidence, held_since: since, next_check_at: until } = mail.was;
    if (mail.delivery === "unconfirmed")
      heldBy.push(
        holdWithSentence(
          {
            code: "delivery_unconfirmed",
            evidence: { messageId: mail.id, sentAt: mail.releasedAt },
            since: mail.releasedAt,
            until: null,
          },
          zone,
        ),
      );
    else if (mail.delivery === "planned" && code && Object.hasOwn(HOLD_WORDS, code))
      heldBy.push(
        holdWithSentence(
          {
            code: code as HoldCode,
            evidence: keptEvidence(evidence),
            since: momentOf(since),
            until: isEndless(code) ? null : momentOf(until),
          },
          zone,
        ),
      );
  }
  for (const { id, userId, who, type, dueAt } of tasks.filter(
    (task) => task.stepId === stepId && task.status === "scheduled",
  ))
    heldBy.push(
      holdWithSentence(
        {
          code: "waits_for_person",
          evidence: { taskId: id, userId, who, type, dueAt },
          since: dueAt,
          until: null,
        },
        zone,
      ),
    );
  return heldBy;
}

export async function contactAsOf(act: Act, id: string, at: Temporal.Instant): Promise<ContactAsOf> {
  const { db, caller } = act;
  await getContact(act, id);
  const contact = await store.contactThen(db, caller.teamId, id, at);
  if (!contact) throw new Refusal("record_not_found");
  const { isWhole, ...then } = await begin(act, at, contact.createdAt);
  const ids = await store.enrollmentIdsThen(db, caller.teamId, id, at);
  const rows = await store.enrollmentsThen(db, caller.teamId, ids, at);
  const memberships: PastEnrollment[] = [];
  for (const row of rows)
    if (await findVisible(act, row.sequenceId)) {
      const began = await begin(act, at, row.addedAt);
      memberships.push(membershipOf(row, began.isWhole));
    }
  then.notKept.push(say("Names, addresses and fields are shown with their current values."));
  return { ...then, contact, memberships, ...contactSays(contact, memberships, { ...then, isWhole }) };
}

function contactSays(
  { name, was, timeZone }: store.ContactThen,
  memberships: readonly PastEnrollment[],
  { at, existed, isWhole }: { at: Temporal.Instant; existed: boolean; isWhole: boolean },
): Pick<ContactAsOf, "state" | "sentence"> {
  const who = name ?? say("The contact");
  if (!existed) return { state: "not_there", sentence: say("{who} did not exist yet.", { who }) };
  const pausedUntil = pauseInForce(momentOf(was.paused_until ?? null), at);
  const barred = [
    was.is_unsubscribed && say("had unsubscribed"),
    was.is_do_not_contact && say("was marked as do not contact"),
    was.bounced_at !== null && say("had an address that bounced"),
    pausedUntil !== null &&
      say("had asked for a pause until {pausedUntil}", {
        pausedUntil: clockSays(pausedUntil, zoneFor(null, timeZone)),
      }),
  ].filter((one) => typeof one === "string");
  const live = memberships.filter(({ state }) => state === "active" || state === "paused");
  const where =
    live.length > 0
      ? live.map(({ sentence }) => sentence).join(" ")
      : say(
          "{who} was {hasLength, select, yes {no longer active in any sequence} other {not in any sequence}}.",
          { who, hasLength: memberships.length > 0 ? "yes" : "no" },
        );
  const isBarred = isWhole && barred.length > 0;
  return {
    state: isBarred ? "barred" : live.length > 0 ? "in_sequence" : "reachable",
    sentence: isBarred ? say("{where} The contact {barred}.", { where, barred: listed(barred) }) : where,
  };
}

export async function mailboxAsOf(act: Act, id: string, at: Temporal.Instant): Promise<MailboxAsOf> {
  const found = await mailboxAt(act, id, at);
  if (!found) throw new Refusal("record_not_found");
  const { row, stands, createdAt } = found;
  const { isWhole: _, ...then } = await begin(act, at, createdAt);
  then.notKept.push(say("The number of emails that waited for it is not recorded."));
  if (row.countsSentElsewhere)
    then.notKept.push(say("Emails sent from it with other programs are not recorded."));
  return {
    ...then,
    name: row.email,
    row,
    heldBy: then.existed ? stands.heldBy : [],
    state: then.existed ? stands.state : "not_there",
    sentence: then.existed ? stands.sentence : say("{email} was not connected yet.", { email: row.email }),
  };
}

/** By the limits it had then, and what it had sent by then. */
async function mailboxAt({ db, caller }: Act, id: string, at: Temporal.Instant) {
  const mailbox = await store.mailboxThen(db, caller.teamId, id, at);
  const [sending] = await readOwnSending(db, caller.teamId, [id], at);
  const brakes = await brakesOfMailboxAt(db, caller.teamId, id, at);
  if (!mailbox || !sending) return null;
  const { was, createdAt } = mailbox;
  const row = {
    ...sending,
    userId: was.user_id,
    isActive: was.is_active,
    inactiveReason: was.inactive_reason,
    revokedAt: momentOf(was.revoked_at),
    backoffUntil: momentOf(was.backoff_until),
    backoffReason: was.backoff_reason,
    dailyLimit: was.daily_limit, // what a ramp allowed then is in it
    ownDailyLimit: was.daily_limit,
    ramp: null,
    hourlyLimit: was.hourly_limit,
    gapSeconds: was.gap_seconds,
    userLeftAt: isBy(sending.userLeftAt, at) ? sending.userLeftAt : null,
    readsInbox: false, // when it was read is not kept
    underwaySince: null,
  };
  return { row, createdAt, stands: mailboxStands(row, { waiting: 0, due: 0 }, null, at, { brakes }) };
}

/** Nobody knows when it ends: the email is only looked at again then. `messages_kept` keeps no row for such a look. */
function isEndless(code: string) {
  return code.startsWith("brake:") || ENDLESS.has(code);
}

const ENDLESS = new Set([
  "same_address_in_sequence",
  "needs_review",
  "inbox_unread",
  "no_active_email_account",
]);

function momentOf(text: string | null | undefined) {
  return text ? Temporal.Instant.from(text) : null;
}

function isBy(moment: Temporal.Instant | null, at: Temporal.Instant) {
  return moment !== null && Temporal.Instant.compare(moment, at) <= 0;
}

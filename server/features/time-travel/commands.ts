// How a contact, somebody in a sequence or a mailbox stood at a moment. Gathered from their own rows and what was kept of them;
// what the history does not hold is said.

import type { Act } from "../../app.ts";
import { deliveryAt, membershipSays } from "../../domain/as-of.ts";
import { clockSays } from "../../domain/clock-words.ts";
import { REASONS } from "../../domain/enrollment.ts";
import { type HeldBy, told } from "../../domain/explaining.ts";
import { HOLD_WORDS, type HoldCode } from "../../domain/hold-words.ts";
import { pauseInForce } from "../../domain/pausing.ts";
import { zoneFor } from "../../domain/schedule.ts";
import { Refusal } from "../../refusal.ts";
import { getContact } from "../contacts/commands.ts";
import { mailboxStands } from "../explaining/mailbox.ts";
import { readOwnSending } from "../explaining/sending-store.ts";
import { keptEvidence } from "../messages/whole.ts";
import { findVisible } from "../sharing/commands.ts";
import type { ContactAsOf, EnrollmentAsOf, MailboxAsOf, Membership } from "./store.ts";
import * as store from "./store.ts";

/** Also whether the whole row was kept at this moment, or its states alone. */
async function begin({ db, now }: Act, at: Temporal.Instant, bornAt: Temporal.Instant) {
  if (Temporal.Instant.compare(at, now) > 0) throw new Refusal("moment_in_future");
  const began = await store.beganAt(db);
  const isBorn = Temporal.Instant.compare(bornAt, at) <= 0;
  const isWhole = began === null || compareAny(began, [at, bornAt]);
  const notKept =
    isBorn && !isWhole && began
      ? [`Before ${clockSays(began, "UTC")} it was not kept how this stood: only its states were.`]
      : [];
  return { at, existed: isBorn, isWhole, notKept };
}

/** Whether either came after it. */
function compareAny(began: Temporal.Instant, moments: readonly Temporal.Instant[]) {
  return moments.some((moment) => Temporal.Instant.compare(moment, began) >= 0);
}

function membershipOf(row: store.EnrollmentThen, isWhole: boolean): Membership {
  const { was } = row;
  const kept = isWhole
    ? {
        state: was.state,
        reason: was.state === "failed" ? (was.failure_reason ?? was.inactive_reason) : was.inactive_reason,
        ...{ stepId: was.step_id, stepPosition: row.stepPosition, mailboxId: was.mailbox_id },
        ...{ dueAt: momentOf(was.due_at), resumeAt: momentOf(was.resume_at) },
      }
    : {
        ...{
          state: row.stateThen ?? was.state,
          reason: row.stateThen ? row.reasonThen : was.inactive_reason,
        },
        ...{ stepId: null, stepPosition: null, mailboxId: null, dueAt: null, resumeAt: null },
      };
  const { id, sequenceId, sequenceName, contactId, contactName } = row;
  const who = contactName ?? "The contact";
  const about = { who, sequence: sequenceName, zone: zoneFor(null, row.timeZone) };
  return {
    ...{ id, sequenceId, sequenceName, contactId, contactName },
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
    then.notKept.push("It was due, and nothing had been written down yet of what it met.");
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
  membership: Membership,
  { mails, tasks }: Work,
  zone: string,
) {
  const { state, reason, stepId, resumeAt } = membership;
  const end = Object.hasOwn(ENDS, state) ? ENDS[state as keyof typeof ENDS] : null;
  if (state === "paused" && reason === REASONS.sequenceInactive)
    return [
      told({ code: "sequence_inactive", evidence: {}, since: momentOf(was.paused_at), until: null }, zone),
    ];
  if (end) {
    const [code, since] = end;
    const until = state === "paused" ? resumeAt : null;
    return [told({ code, evidence: { reason, failure: reason }, since: momentOf(was[since]), until }, zone)];
  }
  const heldBy: HeldBy[] = [];
  for (const mail of mails.filter((one) => one.stepId === stepId)) {
    const { hold_code: code, hold_evidence: evidence, held_since: since, look_at: until } = mail.was;
    if (mail.delivery === "unconfirmed")
      heldBy.push(
        told(
          {
            code: "delivery_unconfirmed",
            evidence: { messageId: mail.id, sentAt: mail.dotAt },
            ...{ since: mail.dotAt, until: null },
          },
          zone,
        ),
      );
    else if (mail.delivery === "planned" && code && Object.hasOwn(HOLD_WORDS, code))
      heldBy.push(
        told(
          {
            ...{ code: code as HoldCode, evidence: keptEvidence(evidence) },
            ...{ since: momentOf(since), until: momentOf(until) },
          },
          zone,
        ),
      );
  }
  for (const { id, userId, who, type, dueAt } of tasks.filter(
    (task) => task.stepId === stepId && task.status === "scheduled",
  ))
    heldBy.push(
      told(
        {
          code: "waits_for_person",
          evidence: { taskId: id, userId, who, type, dueAt },
          ...{ since: dueAt, until: null },
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
  const memberships: Membership[] = [];
  for (const row of rows)
    if (await findVisible(act, row.sequenceId)) {
      const began = await begin(act, at, row.addedAt);
      memberships.push(membershipOf(row, began.isWhole));
    }
  then.notKept.push("Names, addresses and fields are shown as they are now, and not in the history.");
  return { ...then, contact, memberships, ...contactSays(contact, memberships, { ...then, isWhole }) };
}

function contactSays(
  { name, was, timeZone }: store.ContactThen,
  memberships: readonly Membership[],
  { at, existed, isWhole }: { at: Temporal.Instant; existed: boolean; isWhole: boolean },
): Pick<ContactAsOf, "state" | "sentence"> {
  const who = name ?? "The contact";
  if (!existed) return { state: "not_there", sentence: `${who} was not there yet.` };
  const pausedUntil = pauseInForce(momentOf(was.paused_until ?? null), at);
  const barred = [
    was.is_unsubscribed && "had unsubscribed",
    was.is_do_not_contact && "was not to be contacted",
    was.bounced_at !== null && "had an address that bounced",
    pausedUntil !== null &&
      `had asked not to be written to until ${clockSays(pausedUntil, zoneFor(null, timeZone))}`,
  ].filter((one) => typeof one === "string");
  const live = memberships.filter(({ state }) => state === "active" || state === "paused");
  const where =
    live.length > 0
      ? live.map(({ sentence }) => sentence).join(" ")
      : `${who} was ${memberships.length > 0 ? "active in no sequence any more" : "in no sequence"}.`;
  const isBarred = isWhole && barred.length > 0;
  return {
    state: isBarred ? "barred" : live.length > 0 ? "in_sequence" : "reachable",
    sentence: isBarred ? `${where} They ${barred.join(" and ")}.` : where,
  };
}

export async function mailboxAsOf(act: Act, id: string, at: Temporal.Instant): Promise<MailboxAsOf> {
  const found = await mailboxAt(act, id, at);
  if (!found) throw new Refusal("record_not_found");
  const { row, stands, createdAt } = found;
  const { isWhole: _, ...then } = await begin(act, at, createdAt);
  then.notKept.push("How many mails waited for it is not kept.");
  if (row.countsSentElsewhere) then.notKept.push("What was sent from it with another program is not kept.");
  return {
    ...{ ...then, name: row.email, row, heldBy: then.existed ? stands.heldBy : [] },
    state: then.existed ? stands.state : "not_there",
    sentence: then.existed ? stands.sentence : `${row.email} was not connected yet.`,
  };
}

/** By the limits it had then, and what it had sent by then. */
async function mailboxAt({ db, caller }: Act, id: string, at: Temporal.Instant) {
  const mailbox = await store.mailboxThen(db, caller.teamId, id, at);
  const [sending] = await readOwnSending(db, caller.teamId, [id], at);
  if (!mailbox || !sending) return null;
  const { was, createdAt } = mailbox;
  const row = {
    ...sending,
    ...{ userId: was.user_id, isActive: was.is_active, inactiveReason: was.inactive_reason },
    ...{
      revokedAt: momentOf(was.revoked_at),
      restsUntil: momentOf(was.rests_until),
      restReason: was.rest_reason,
    },
    ...{ dailyLimit: was.daily_limit, hourlyLimit: was.hourly_limit, gapSeconds: was.gap_seconds },
    userLeftAt: isBy(sending.userLeftAt, at) ? sending.userLeftAt : null,
    readsInbox: false, // when it was read is not kept
    underwaySince: null,
  };
  return { row, createdAt, stands: mailboxStands(row, { waiting: 0, due: 0 }, null, at) };
}

function momentOf(text: string | null) {
  return text === null ? null : Temporal.Instant.from(text);
}

function isBy(moment: Temporal.Instant | null, at: Temporal.Instant) {
  return moment !== null && Temporal.Instant.compare(moment, at) <= 0;
}

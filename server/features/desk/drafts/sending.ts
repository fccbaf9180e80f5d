// A user asks for a mail to go out: at once, or at a time they choose. It joins its mailbox's queue and passes the
// same gate as every other mail. The user may disregard hours of the schedule, but not limits. Only touch limits may
// be exceeded, for one mail and with a reason, which is kept.

import type { Act } from "../../../app.ts";
import { clockSays } from "../../../domain/basics/clock-words.ts";
import { DAY, fullWindow } from "../../../domain/basics/limits.ts";
import { SENT_BY_HAND, whyNotToSend } from "../../../domain/contacts/own-mails.ts";
import { pauseInForce } from "../../../domain/contacts/pausing.ts";
import { HOLD_WORDS } from "../../../domain/insight/hold-words.ts";
import { rankOf } from "../../../domain/sequences/priority.ts";
import { type FullTouches, fullTouches } from "../../../domain/sequences/touches.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { holdAtStep } from "../../enrollments/enrollments/store.ts";
import { manage } from "../../enrollments/managing/commands.ts";
import { namedOnly } from "../../enrollments/managing/managing-input.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { mailboxFacts } from "../../gate/facts/around.ts";
import { otherSenders, readSending, type SendingRow } from "../../gate/facts/sending-store.ts";
import { teamRules } from "../../gate/facts/team-rules.ts";
import { getSender } from "../../mailboxes/mailboxes/sender.ts";
import { findMessage } from "../../sending/messages/commands.ts";
import type { MessageRow } from "../../sending/messages/store.ts";
import { taskOfMessage } from "../../work/tasks/store.ts";
import { getRecipient, refuseBarred } from "./recipients.ts";
import type { DraftRecipient } from "./store.ts";
import * as store from "./store.ts";

type Asked = { mailboxId: string | undefined; sendFrom: string | null; touchReason: string | null };

export async function sendNow(act: Act, id: string, asked: Asked) {
  const { db, caller, now } = act;
  const seen = await getSendable(act, id);
  if (seen.enrollmentId) await standAtStep(act, seen, seen.enrollmentId);
  await store.lockMessage(db, caller.teamId, id);
  const message = await getSendable(act, id); // another call may have been faster
  await refuseTaskOfAnother(act, message);
  const isAskedFor = message.delivery === "planned" && message.dueAtSource === SENT_BY_HAND;
  if (isAskedFor && !(asked.touchReason && message.holdCode === "limit:touches")) return;
  await planByHand(act, message, { dueAt: now, source: SENT_BY_HAND, ...asked });
}

async function getSendable(act: Act, id: string) {
  if (await store.wasDeleted(act.db, act.caller.teamId, id)) throw new Refusal("message_deleted");
  const message = await findMessage(act, id);
  if (!message) throw new Refusal("message_to_send_unknown");
  const why = whyNotToSend(message);
  if (why) throw new Refusal(why);
  return message;
}

/** The task that a step made of it belongs to one user. */
async function refuseTaskOfAnother({ db, caller }: Act, { id }: MessageRow) {
  const task = await taskOfMessage(db, caller.teamId, id);
  if (task && task.userId !== caller.userId && caller.role !== "admin")
    throw new Refusal("mail_task_of_another");
}

/** The mail is locked, and its contact is at its step. */
export async function planByHand(
  act: Act,
  message: MessageRow,
  wish: Asked & { dueAt: Temporal.Instant; source: string },
) {
  const { db, caller, now } = act;
  const { teamId } = caller;
  const { id } = message;
  const person = await getRecipient(act, message);
  await refuseBarred(act, person, [...message.ccEmails, ...message.bccEmails]);
  const pausedUntil = pauseInForce(person.pausedUntil, wish.dueAt);
  if (pausedUntil) throw new Refusal("mail_contact_paused", { when: clockSays(pausedUntil, "UTC") });
  if (person.email === null) throw new Refusal("mail_contact_without_email");
  const mailboxId = await mailboxFor(act, message, wish);
  if (wish.source === SENT_BY_HAND) await refuseBeyondLimit(act, id, mailboxId);
  const beyond = wish.source === SENT_BY_HAND ? await beyondTouches(act, person) : null;
  if (beyond && !wish.touchReason) throw new Refusal("touch_limit", wordsOf(beyond));
  if (message.delivery === "failed") await store.forgetComposed(db, teamId, id);
  const thread = message.inResponseTo ? await store.threadAfter(db, teamId, message.inResponseTo) : null;
  const { dueAt, source } = wish;
  const rank = rankOf({ isByHand: true, isFollowUp: false, policy: "fifo", score: 0, dueAt });
  const touchReason = beyond && wish.touchReason ? { text: wish.touchReason, by: caller.userId } : null;
  await store.planDraft(db, teamId, { id, dueAt, source, rank, mailboxId, thread, touchReason }, now);
  const about = { sequence_id: message.sequenceId, contact_id: message.contactId };
  const subject = { type: "message", id } as const;
  if (beyond && touchReason)
    await record(byCaller(act), {
      type: "message.limit_overridden",
      subject,
      data: { ...about, ...evidenceOf(beyond) },
    });
  await record(byCaller(act), { type: "message.scheduled", subject, data: { ...about, due_at: dueAt } });
}

/** The limit of touches that would make it wait. */
async function beyondTouches({ db, caller, now }: Act, { id, companyKey, email }: DraftRecipient) {
  const whom = { contactId: id, companyKey, email, hasSentMail: true };
  const rules = await teamRules({ db, teamId: caller.teamId, now, holds: false }, [whom]);
  return fullTouches(rules.touches(whom), "manual_email", now);
}

function evidenceOf({ standing: { scope, counts, most: limit, days, window } }: FullTouches) {
  return { scope, counts, limit, days, sent: window.sent };
}

function wordsOf(beyond: FullTouches) {
  const evidence = { ...evidenceOf(beyond), key: beyond.standing.key };
  const { freeAt } = beyond.full;
  return {
    sentence: HOLD_WORDS["limit:touches"].says(evidence, () => ""),
    when: freeAt ? say("after {freeAt}", { freeAt: clockSays(freeAt, "UTC") }) : say("later"),
  };
}

async function mailboxFor(act: Act, message: MessageRow, { mailboxId, sendFrom }: Asked) {
  const wanted = message.enrollmentId ? message.mailboxId : (mailboxId ?? message.mailboxId);
  if (!wanted) throw new Refusal("mail_sender_missing");
  return (await getSender(act, wanted, sendFrom)).id;
}

/** What was asked for before and has not left takes its place too: of two calls at once, the second counts the first. */
async function refuseBeyondLimit(act: Act, id: string, mailboxId: string) {
  const { db, caller, now } = act;
  await store.lockAskedFor(db, caller.teamId, mailboxId);
  const [row] = await readSending(db, caller.teamId, [mailboxId], now);
  if (!row) throw new Refusal("mail_sender_missing");
  if (!(await isFull(act, row, id))) return;
  const limited = { email: row.email, limit: row.dailyLimit ?? 0 };
  throw new Refusal((await areOthersFull(act, row, id)) ? "seller_limit" : "send_now_limit", limited);
}

async function isFull({ db, caller }: Act, row: SendingRow, id: string) {
  const { lastDay } = mailboxFacts(row);
  const waiting = await store.countAskedFor(db, caller.teamId, row.id, SENT_BY_HAND, id);
  return fullWindow({ ...lastDay, sent: lastDay.sent + waiting }, DAY) !== null;
}

/** For a user with several mailboxes: whether another one would not do either. */
async function areOthersFull(act: Act, { id: mailboxId, userId }: SendingRow, id: string) {
  const wish = { except: [mailboxId], userId };
  const others = await otherSenders(act.db, act.caller.teamId, wish, act.now);
  const own = others.filter((other) => other.userId === userId);
  for (const other of own) if (!(await isFull(act, other, id))) return false;
  return own.length > 0;
}

/** Before the mail is locked. Who failed at the step is tried again first; who stands elsewhere gets no mail of it. */
export async function standAtStep(act: Act, message: MessageRow, enrollmentId: string) {
  const { db, caller } = act;
  const { sequenceId, contactId, stepId } = message;
  if (message.delivery === "failed" && sequenceId && contactId)
    await manage(act, {
      sequenceIds: [sequenceId],
      whom: namedOnly([contactId]),
      action: { is: "retry" },
      isAsync: false,
      job: { type: "sequence_retry_contacts", params: {} },
    });
  const stands = await holdAtStep(db, caller.teamId, enrollmentId);
  if (stands?.state !== "active" || stands.currentStepId !== stepId) throw new Refusal("message_step_passed");
}

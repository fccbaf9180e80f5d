// What is known of our mails, and of those who got them, from what came in.

import { newId } from "../../../kernel/ids.ts";
import { noteActivity } from "../../contacts/contact-rows/store.ts";
import { wakeAtBranches } from "../../enrollments/branching/store.ts";
import type { By } from "../../events/events/store.ts";
import type { JudgedMail } from "./judged.ts";
import * as marking from "./marks-store.ts";

/** What is known of our mails from now on. */
export async function mark(by: By, judged: readonly JudgedMail[]) {
  const marks = new Map<string, marking.Mark>();
  for (const { sent, outcome, receivedAt } of judged) {
    const says = outcome.counts || outcome.replyClass || outcome.bounced || outcome.isSpamBlocked;
    if (!sent || !says) continue;
    const known = marks.get(sent.id);
    const isAnswer = outcome.counts || known?.repliedAt == null;
    marks.set(sent.id, {
      messageId: sent.id,
      repliedAt: outcome.counts ? earlier(known?.repliedAt, receivedAt) : (known?.repliedAt ?? null),
      replyClass: isAnswer ? (outcome.replyClass ?? known?.replyClass ?? null) : (known?.replyClass ?? null),
      bounced: outcome.bounced ?? known?.bounced ?? null,
      isSpamBlocked: outcome.isSpamBlocked || (known?.isSpamBlocked ?? false),
    });
  }
  if (marks.size > 0) await marking.markMessages(by.db, by.teamId, [...marks.values()], by.now);
  const seen = judged.flatMap(seenOf);
  if (seen.length > 0) await marking.insertMessageEvents(by.db, by.teamId, seen);
  const active = judged.flatMap(({ contactId, outcome, receivedAt }) =>
    contactId !== null && outcome.counts ? [{ contactId, at: receivedAt }] : [],
  );
  if (active.length === 0) return;
  const latest = latestEach(active);
  await noteActivity(by.db, by.teamId, latest);
  await wakeAtBranches(
    by.db,
    by.teamId,
    latest.map(({ contactId }) => contactId),
    by.now,
  );
}

function seenOf({ id, sent, contactId, outcome, verdict, receivedAt }: JudgedMail): marking.SeenAnswer[] {
  const isBounce = verdict.kind === "bounce" && verdict.certainty === "sure";
  if (!sent || !(outcome.counts || isBounce)) return [];
  const detail = isBounce
    ? { class: verdict.bounce?.class ?? null, code: verdict.bounce?.code ?? null }
    : { reply_class: outcome.replyClass };
  return [
    {
      id: newId(),
      messageId: sent.id,
      contactId,
      type: isBounce ? "bounce" : "reply",
      at: receivedAt,
      isMachine: isBounce,
      detail: { ...detail, incoming_mail_id: id },
    },
  ];
}

function earlier(one: Temporal.Instant | null | undefined, other: Temporal.Instant) {
  return one && Temporal.Instant.compare(one, other) < 0 ? one : other;
}

function latestEach(active: readonly { contactId: string; at: Temporal.Instant }[]) {
  const latest = new Map<string, Temporal.Instant>();
  for (const { contactId, at } of active) {
    const known = latest.get(contactId);
    if (!known || Temporal.Instant.compare(known, at) < 0) latest.set(contactId, at);
  }
  return [...latest].map(([contactId, at]) => ({ contactId, at }));
}

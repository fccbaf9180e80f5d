// Why a mail: its outcome or what is happening to it, what holds it, and every attempt to send it.

import { clockSays } from "../../../domain/basics/clock-words.ts";
import { mayEdit } from "../../../domain/identity/sharing.ts";
import { explainStanding, type HeldBy, holdWithSentence } from "../../../domain/insight/explaining.ts";
import type { Means } from "../../../domain/insight/means.ts";
import type { VariantTold } from "../../../domain/insight/variant-words.ts";
import { type SendAttempt, storyOf } from "../../../domain/sending/mail-words.ts";
import { zoneFor } from "../../../domain/time/schedule.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import * as store from "../../gate/facts/facts-store.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";
import { readMessages } from "../../sending/messages/store.ts";
import { lastMet } from "../../sending/messages/whole.ts";
import { getVisible, sequenceViewerOf } from "../../sequences/sequences/finding.ts";
import { findTouch } from "../../sequences/touches/store.ts";
import { type Explanation, past, place } from "./commands.ts";
import { meansOf, nobodysMeans } from "./means.ts";
import { variantAhead, variantSent } from "./variant.ts";

type MessageExplanation = Explanation & {
  attempts: readonly SendAttempt[];
  variant: VariantTold | null;
};

export async function explainMessage(asking: ReadContext, id: string): Promise<MessageExplanation> {
  const { db, caller } = asking;
  const message = await store.findMailFacts(db, caller.teamId, id);
  if (!message) throw new Refusal("record_not_found");
  const mayMend = await getMendable(asking, message);
  const attempts = await store.attemptsOf(db, caller.teamId, id);
  const isOpen = OPEN.includes(message.delivery);
  const placed =
    message.enrollmentId && message.isStepOfEnrollment && isOpen
      ? await place(asking, message.enrollmentId)
      : null;
  const isPlanned = message.delivery === "planned" || message.delivery === "draft";
  const stands = placed ? explainStanding(withDue(placed, message, isPlanned)) : null;
  const zone = zoneFor(null, message.timeZone);
  const at = (instant: Temporal.Instant | null) =>
    instant ? clockSays(instant, zone) : say("an unknown day");
  const means = placed ? await meansOf(asking, placed) : await nobodysMeans(asking);
  return {
    subject: { type: "message", id, name: message.subject },
    state: STATES[message.delivery] ?? "scheduled",
    sentence: storyOf({ ...message, attempts: attempts.length }, stands?.sentence ?? null, at),
    next: stands?.next ?? null,
    heldBy: stands?.heldBy ?? (await heldOutside(asking, message, zone)),
    means: mendingThis(means, message, mayMend),
    history: await past(asking, "subjects", [id]),
    attempts,
    variant: await variantOf(asking, message, placed),
  };
}

/** Of what a person has written, or composed already was, the variant is the one it has. */
async function variantOf(
  asking: ReadContext,
  message: store.MailFactsRow,
  placed: EnrollmentWithContext | null,
) {
  if (placed && message.touchId === null) return variantAhead(asking, placed);
  const { touchId, enrollmentId } = message;
  const touch = touchId && (await findTouch(asking.db, asking.caller.teamId, touchId));
  if (!touch || touch.goesWithTouchId === null || enrollmentId === null) return null;
  return variantSent(asking, placed ?? (await place(asking, enrollmentId)), touch);
}

const OPEN = ["draft", "planned", "failed"];

const STATES: Record<string, string> = {
  draft: "drafted",
  planned: "scheduled",
  claimed: "sending",
  dot: "sending",
  unconfirmed: "unconfirmed",
  sent: "completed",
  failed: "failed",
  skipped: "skipped",
  cancelled: "cancelled",
};

/** For callers who see its sequence; without a sequence, for its author and admins. Answers whether they may decide. */
async function getMendable(asking: ReadContext, { sequenceId, userId }: store.MailFactsRow) {
  const { caller } = asking;
  const isTheirs = caller.role === "admin" || userId === caller.userId;
  if (!sequenceId && !isTheirs) throw new Refusal("record_not_found");
  if (!sequenceId) return true;
  const sequence = await getVisible(asking, sequenceId);
  return mayEdit(sequence, await sequenceViewerOf(asking));
}

/** A mail that is planned has a time of its own. */
function withDue({ standing }: EnrollmentWithContext, { dueAt }: store.MailFactsRow, isPlanned: boolean) {
  const { facts } = standing;
  const membership = { ...facts.membership, dueAt: isPlanned && dueAt ? dueAt : facts.membership.dueAt };
  return { ...standing, facts: { ...facts, membership } };
}

/** Of a mail in doubt, that; of one that no step stands behind, what the engine last met. */
async function heldOutside(
  { db, caller }: ReadContext,
  message: store.MailFactsRow,
  zone: string,
): Promise<HeldBy[]> {
  const { delivery, id, releasedAt } = message;
  if (delivery === "unconfirmed") {
    const evidence = { messageId: id, sentAt: releasedAt };
    return [
      holdWithSentence({ code: "delivery_unconfirmed", evidence, since: releasedAt, until: null }, zone),
    ];
  }
  const [row] = delivery === "planned" ? await readMessages(db, caller.teamId, [id]) : [];
  const last = row && lastMet(row);
  return last ? [last] : [];
}

function mendingThis(means: Means, { delivery, id }: store.MailFactsRow, mayMend: boolean): Means {
  return delivery === "unconfirmed" && mayMend ? { ...means, unclearMailId: id } : means;
}

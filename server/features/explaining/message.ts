// Why a mail: what became of it or is happening to it, what holds it, and every attempt to send it.

import { clockSays } from "../../domain/clock-words.ts";
import { explainStanding, type HeldBy, told } from "../../domain/explaining.ts";
import { type Attempt, storyOf } from "../../domain/mail-words.ts";
import type { Means } from "../../domain/means.ts";
import { zoneFor } from "../../domain/schedule.ts";
import { mayEdit } from "../../domain/sharing.ts";
import type { VariantTold } from "../../domain/variant-words.ts";
import { Refusal } from "../../refusal.ts";
import { readMessages } from "../messages/store.ts";
import { lastMet } from "../messages/whole.ts";
import { getVisible, viewerOf } from "../sharing/commands.ts";
import { findTouch } from "../touches/store.ts";
import type { Asking } from "./around.ts";
import { type Explanation, past, place } from "./commands.ts";
import { meansOf, nobodysMeans } from "./means.ts";
import type { Placed } from "./standings.ts";
import * as store from "./store.ts";
import { variantAhead, variantSent } from "./variant.ts";

export type MessageExplanation = Explanation & {
  attempts: readonly Attempt[];
  variant: VariantTold | null;
};

export async function explainMessage(asking: Asking, id: string): Promise<MessageExplanation> {
  const { db, caller } = asking;
  const message = await store.findMessage(db, caller.teamId, id);
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
  const at = (instant: Temporal.Instant | null) => (instant ? clockSays(instant, zone) : "an unknown day");
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
async function variantOf(asking: Asking, message: store.MessageRow, placed: Placed | null) {
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

/** There for whoever sees its sequence; without one, for whoever wrote it and admins. Answers whether they may decide. */
async function getMendable(asking: Asking, { sequenceId, userId }: store.MessageRow) {
  const { caller } = asking;
  const isTheirs = caller.role === "admin" || userId === caller.userId;
  if (!sequenceId && !isTheirs) throw new Refusal("record_not_found");
  if (!sequenceId) return true;
  const sequence = await getVisible(asking, sequenceId);
  return mayEdit(sequence, await viewerOf(asking));
}

/** A mail that is planned has a time of its own. */
function withDue({ standing }: Placed, { dueAt }: store.MessageRow, isPlanned: boolean) {
  const { facts } = standing;
  const membership = { ...facts.membership, dueAt: isPlanned && dueAt ? dueAt : facts.membership.dueAt };
  return { ...standing, facts: { ...facts, membership } };
}

/** Of a mail in doubt, that; of one that no step stands behind, what the engine last met. */
async function heldOutside(
  { db, caller }: Asking,
  message: store.MessageRow,
  zone: string,
): Promise<HeldBy[]> {
  const { delivery, id, dotAt } = message;
  if (delivery === "unconfirmed") {
    const evidence = { messageId: id, sentAt: dotAt };
    return [told({ code: "delivery_unconfirmed", evidence, since: dotAt, until: null }, zone)];
  }
  const [row] = delivery === "planned" ? await readMessages(db, caller.teamId, [id]) : [];
  const last = row && lastMet(row);
  return last ? [last] : [];
}

function mendingThis(means: Means, { delivery, id }: store.MessageRow, mayMend: boolean): Means {
  return delivery === "unconfirmed" && mayMend ? { ...means, unclearMailId: id } : means;
}

// Why: where somebody in a sequence stands, what comes next and when, what holds it.

import { clockSays } from "../../domain/clock-words.ts";
import { explainStanding, type HeldBy, type Next } from "../../domain/explaining.ts";
import { wordsFor } from "../../domain/failure-words.ts";
import type { Means } from "../../domain/means.ts";
import { zoneFor } from "../../domain/schedule.ts";
import { Refusal } from "../../refusal.ts";
import { historyOf, type PastEvent } from "../history/store.ts";
import { getVisible } from "../sharing/commands.ts";
import { hideSequences } from "../sharing/hiding.ts";
import type { Asking } from "./around.ts";
import { meansOf, nobodysMeans } from "./means.ts";
import { type Placed, placeAll } from "./standings.ts";
import * as store from "./store.ts";

export type Explanation = {
  subject: {
    type: "contact" | "enrollment" | "sequence" | "mailbox" | "message";
    id: string;
    name: string | null;
  };
  state: string;
  sentence: string;
  next: Next | null;
  heldBy: readonly HeldBy[];
  means: Means;
  history: readonly PastEvent[];
};

export async function explainEnrollment(asking: Asking, id: string): Promise<Explanation> {
  const placed = await place(asking, id);
  const mails = await store.mailIdsOf(asking.db, asking.caller.teamId, id);
  const { row, standing } = placed;
  return {
    subject: { type: "enrollment", id, name: `${standing.who} in ${standing.sequenceName}` },
    ...explainStanding(standing),
    means: await meansOf(asking, placed),
    history: await past(asking, "subjects", [row.id, ...mails]),
  };
}

export async function explainMessage(asking: Asking, id: string): Promise<Explanation> {
  const { db, caller } = asking;
  const message = await store.findMessage(db, caller.teamId, id);
  if (!message) throw new Refusal("record_not_found");
  if (message.sequenceId) await getVisible(asking, message.sequenceId);
  const isPlanned = message.status === "scheduled" || message.status === "drafted";
  const placed =
    message.enrollmentId && message.isStepOfEnrollment && message.status !== "completed"
      ? await place(asking, message.enrollmentId)
      : null;
  const stands = placed ? explainStanding(withDue(placed, message, isPlanned)) : null;
  return {
    subject: { type: "message", id, name: message.subject },
    state: message.status,
    sentence: messageSays(message, stands?.sentence ?? null),
    next: stands?.next ?? null,
    heldBy: stands?.heldBy ?? [],
    means: placed ? await meansOf(asking, placed) : await nobodysMeans(asking),
    history: await past(asking, "subjects", [id]),
  };
}

/** A mail that is planned has a time of its own. */
function withDue({ standing }: Placed, { dueAt }: store.MessageRow, isPlanned: boolean) {
  const { facts } = standing;
  const membership = { ...facts.membership, dueAt: isPlanned && dueAt ? dueAt : facts.membership.dueAt };
  return { ...standing, facts: { ...facts, membership } };
}

function messageSays(message: store.MessageRow, standing: string | null) {
  const zone = zoneFor(null, message.timeZone);
  const at = (instant: Temporal.Instant | null) => (instant ? clockSays(instant, zone) : "an unknown day");
  const { toEmail, completedAt, failedAt, numOpens, numClicks, hasBounced, repliedAt, dueAt } = message;
  switch (message.status) {
    case "completed": {
      const after = [
        hasBounced ? "It bounced." : `It was opened ${numOpens} and clicked ${numClicks} times.`,
        ...(repliedAt ? [`They replied on ${at(repliedAt)}.`] : []),
      ];
      return `The mail went to ${toEmail ?? "the contact"} on ${at(completedAt)}. ${after.join(" ")}`;
    }
    case "failed": {
      const { notSentReason, failureReason } = message;
      const why = notSentReason ? wordsFor(notSentReason) : (failureReason ?? wordsFor(null));
      return `The mail was not sent on ${at(failedAt)}: ${why}.${standing ? ` ${standing}` : ""}`;
    }
    case "drafted":
      return standing ?? "The mail is a draft, and waits for somebody to send it.";
    case "scheduled":
      return standing ?? `The mail is planned for ${at(dueAt)}.`;
  }
}

async function place(asking: Asking, enrollmentId: string) {
  const rows = await store.readStandings(asking.db, asking.caller.teamId, [enrollmentId]);
  const [placed] = await placeAll(asking, rows);
  if (!placed) throw new Refusal("record_not_found");
  return placed;
}

export async function past(asking: Asking, about: "subjects" | "contact", ids: readonly string[]) {
  const { db, caller } = asking;
  const viewer = { userId: caller.userId, isAdmin: caller.role === "admin" };
  return hideSequences(asking, await historyOf(db, caller.teamId, about, ids, viewer));
}

// Where people stand in sequences: the facts of the gate about each of them, gathered by sequence.

import { type AddressBars, NO_BARS, withBars } from "../../domain/address-claims.ts";
import type { AnswerHold } from "../../domain/answer-holds.ts";
import { isVerified } from "../../domain/eligibility.ts";
import type { Standing } from "../../domain/explaining.ts";
import { heldBackIn } from "../../domain/fence.ts";
import type { HeldBack, MailOfStep, PersonFacts } from "../../domain/gate-facts.ts";
import { isEmail } from "../../domain/sequence-plan.ts";
import { canonicalAddress } from "../../domain/suppression.ts";
import { chooseTouch } from "../../domain/touch-choice.ts";
import { type Held, heldAmong } from "../answer-holds/commands.ts";
import { type MissingValues, missingValues } from "../composing/commands.ts";
import { type Pasts, pastsOf, receivedBy } from "../composing/received.ts";
import { readFence } from "../fence/store.ts";
import { findVisible } from "../sharing/commands.ts";
import { type Barring, barsAmong } from "../suppressions/barring.ts";
import type { SuppressionRow } from "../suppressions/store.ts";
import { type Around, type Asking, aroundOf, mailboxFacts, stepFacts } from "./around.ts";
import * as sendingStore from "./sending-store.ts";
import type * as store from "./store.ts";
import { type TeamRules, teamRules } from "./team-rules.ts";

/** Somebody in a sequence, with what surrounds them. */
export type Placed = { row: store.StandingRow; around: Around; standing: Standing };

/**
 * In the order of the rows. Whoever is in a sequence that is hidden from whoever asks is left out. How many are before each in the queue
 * takes a question for each of them (`countsQueue`).
 */
export async function placeAll(
  asking: Asking,
  rows: readonly store.StandingRow[],
  { countsQueue = true } = {},
): Promise<Placed[]> {
  const { db, caller, now } = asking;
  const mailboxIds = [...new Set(rows.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const [sending, held, barred, rules, heldBack] = await Promise.all([
    sendingStore.readSending(db, caller.teamId, mailboxIds, now),
    heldAmong(db, caller.teamId, rows),
    barring(
      asking,
      rows.flatMap(({ email }) => email ?? []),
    ),
    teamRules({ db, teamId: caller.teamId, now, holds: caller.credential.kind === "engine" }, rows),
    readFence(db).then(heldBackIn),
  ]);
  const senders = new Map(sending.map((row) => [row.id, row]));
  const placed = new Map<string, Placed>();
  for (const [sequenceId, own] of Map.groupBy(rows, (row) => row.sequenceId)) {
    const sequence = await findVisible(asking, sequenceId);
    if (!sequence) continue;
    const around = await aroundOf(asking, sequence);
    const gaps = await gapsOf(asking, around, own);
    const contactIds = own.map(({ contactId }) => contactId);
    const here = new Set(own.map(({ currentStepId }) => currentStepId));
    const theirs = around.touches.filter(({ stepId }) => here.has(stepId));
    const pasts = await pastsOf(asking, sequenceId, theirs, contactIds);
    for (const row of own) {
      const sender = senders.get(row.mailboxId ?? "") ?? null;
      const placing = { row, around, gaps, pasts, sender, barred, held, rules, heldBack, countsQueue };
      const standing = await standingOf(asking, placing);
      placed.set(row.id, { row, around, standing });
    }
  }
  return rows.flatMap(({ id }) => placed.get(id) ?? []);
}

/** Which suppression bars an address, and what its claims say of it. */
export function barring({ db, caller }: Asking, emails: readonly string[]) {
  return barsAmong(db, caller.teamId, emails);
}

async function gapsOf(asking: Asking, { sequence }: Around, rows: readonly store.StandingRow[]) {
  const people = rows.filter(({ state }) => state !== "finished" && state !== "removed");
  if (people.length === 0) return null;
  return missingValues(asking, { sequenceId: sequence.id, people });
}

type Placing = {
  row: store.StandingRow;
  around: Around;
  gaps: MissingValues | null;
  pasts: Pasts;
  sender: sendingStore.SendingRow | null;
  barred: Barring;
  held: Held;
  rules: TeamRules;
  heldBack: HeldBack | null;
  countsQueue: boolean;
};

async function standingOf({ db, caller, now }: Asking, placing: Placing): Promise<Standing> {
  const { row, around, sender } = placing;
  const mailbox = sender && mailboxFacts(sender);
  const step = stepFacts(around, row.currentStepId);
  const { id, mailboxId, dueAt } = row;
  const stands = row.state === "active" && dueAt !== null && Temporal.Instant.compare(dueAt, now) <= 0;
  const before =
    placing.countsQueue && stands && mailboxId && step?.type === "auto_email"
      ? await sendingStore.countBefore(db, caller.teamId, { mailboxId, dueAt, id })
      : 0;
  return {
    who: row.contactName ?? "The contact",
    sequenceName: around.sequence.name,
    queue: { before, atLeast: before >= sendingStore.FAR },
    facts: {
      now,
      heldBack: placing.heldBack,
      membership: row,
      sequence: around.facts,
      step,
      person: personFrom({ row, barred: placing.barred, held: placing.held(row) }),
      mail: step && isEmail(step.type) ? mailFor(placing) : null,
      mailbox,
      domain: placing.rules.domain(row.email),
      touches: placing.rules.touches(row),
      isInvented: placing.rules.isInvented(placing.sender, row),
      unclear: row.unclear && { ...row.unclear, since: Temporal.Instant.from(row.unclear.since) },
    },
  };
}

export function personFrom({
  row,
  barred,
  held,
}: Pick<Placing, "row" | "barred"> & { held: AnswerHold | null }): PersonFacts {
  const suppression = row.email === null ? null : barred(row.email);
  const { excludedAccountStage: stage, colleague, accountId } = row;
  const bars = row.email === null ? NO_BARS : barred.claims(row.email);
  const person = {
    id: row.contactId,
    email: row.email,
    isAddressSound: row.email !== null && canonicalAddress(row.email) !== null,
    emailStatus: row.emailStatus,
    isVerified: isVerified(row.emailStatus),
    mayBeUnverified: row.allowsUnverified,
    mayLackAddress: row.allowsNoEmail,
    sameAddress: row.sameAddress,
    isUnsubscribed: row.isUnsubscribed,
    unsubscribedAt: row.unsubscribedAt,
    isDoNotContact: row.isDoNotContact,
    pausedUntil: row.pausedUntil,
    answerHold: held,
    hasBounced: row.hasBounced,
    bouncedAt: row.bouncedAt,
    suppression: suppression && { ...suppression, at: suppression.createdAt },
    excludedStage: row.excludedStage,
    excludedAccountStage: stage && accountId ? { ...stage, accountId } : null,
    jobChangedAt: row.jobChangedAt,
    colleague: colleague && {
      contactId: colleague.contactId,
      repliedAt: Temporal.Instant.from(colleague.repliedAt),
      replyClass: colleague.replyClass,
      isElsewhere: colleague.isElsewhere,
    },
    timeZone: row.timeZone,
    country: row.country,
    region: row.region,
  };
  return withBars(person, bars, suppression !== null);
}

/** What is known of a person whatever the sequence is. */
export function personAlone(row: store.PersonRow, suppression: SuppressionRow | null, bars: AddressBars) {
  const person = {
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
  return withBars(person, bars, suppression !== null);
}

/** The variant this person gets, as it is composed for them. */
function mailFor({ row, around, gaps, pasts }: Placing): MailOfStep | null {
  const { sequenceId, contactId } = row;
  const stepId = row.currentStepId ?? "";
  const draw = { sequenceId, stepId, contactId };
  const touch = chooseTouch(sendableOf(around, stepId), draw, receivedBy(pasts, contactId));
  if (!touch) return null;
  return {
    touchId: touch.id,
    isReply: touch.type === "reply_to_thread",
    hasParent: row.hasSentMail,
    missing: gaps?.byContact.get(contactId)?.find((step) => step.stepId === stepId)?.missing ?? [],
    fault: gaps?.faults.find(({ touchId }) => touchId === touch.id)?.fault.sentence ?? null,
  };
}

/** The mails of a step among which its people are drawn; while none is approved, all of them. */
export function sendableOf({ touches }: Pick<Around, "touches">, stepId: string) {
  const own = touches.filter((touch) => touch.stepId === stepId);
  const approved = own.filter(({ status, weight }) => status === "approved" && weight > 0);
  return approved.length > 0 ? approved : own;
}

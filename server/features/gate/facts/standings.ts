// Where people stand in sequences: the facts of the gate about each of them, gathered by sequence.

import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import type { HeldBack, MailOfStep } from "../../../domain/gate/gate-facts.ts";
import type { GateStatus } from "../../../domain/gate/standing.ts";
import { isEmail } from "../../../domain/sequences/sequence-plan.ts";
import { chooseTouch, type Pasts, receivedBy } from "../../../domain/sequences/touch-choice.ts";
import { say } from "../../../kernel/say.ts";
import { type FindAnswerHold, heldAmong } from "../../contacts/answer-holds/commands.ts";
import { type Barring, barsAmong } from "../../contacts/suppressions/barring.ts";
import { type MissingValues, missingValues } from "../../sequences/composing/failing.ts";
import { pastsOf } from "../../sequences/composing/store.ts";
import { findVisible } from "../../sequences/sequences/finding.ts";
import { readFence } from "../clone-guard/store.ts";
import { type Recipients, recipientsAmong } from "../recipients/recipients.ts";
import { type Around, aroundOf, mailboxFacts, type ReadContext, stepFacts } from "./around.ts";
import type * as store from "./facts-store.ts";
import { personFactsFrom } from "./people.ts";
import * as sendingStore from "./sending-store.ts";
import { type TaskDays, taskDays } from "./task-days.ts";
import { type TeamRules, teamRules } from "./team-rules.ts";

/** An enrollment, with what surrounds it. */
export type EnrollmentWithContext = { row: store.StandingRow; around: Around; standing: GateStatus };

/**
 * In the order of the rows. Enrollments in sequences that are hidden from the caller are left out. How many are
 * before each in the queue takes a query for each of them (`countsQueue`).
 */
export async function placeAll(
  asking: ReadContext,
  rows: readonly store.StandingRow[],
  { countsQueue = true } = {},
): Promise<EnrollmentWithContext[]> {
  const { db, caller, now } = asking;
  const mailboxIds = [...new Set(rows.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const [sending, held, barred, rules, heldBack] = await Promise.all([
    sendingStore.readSending(db, caller.teamId, mailboxIds, now),
    heldAmong(db, caller.teamId, rows),
    barsAmong(
      db,
      caller.teamId,
      rows.flatMap(({ email }) => email ?? []),
    ),
    teamRules({ db, teamId: caller.teamId, now, holds: caller.credential.kind === "engine" }, rows),
    readFence(db).then(heldBackIn),
  ]);
  const recipients = await recipientsAmong({ db, teamId: caller.teamId, now }, rules.recipientLimits, rows, {
    wants: false,
  });
  const senders = new Map(sending.map((row) => [row.id, row]));
  const placed = new Map<string, EnrollmentWithContext>();
  for (const [sequenceId, own] of Map.groupBy(rows, (row) => row.sequenceId)) {
    const sequence = await findVisible(asking, sequenceId);
    if (!sequence) continue;
    const around = await aroundOf(asking, sequence);
    const gaps = await gapsOf(asking, around, own);
    const contactIds = own.map(({ contactId }) => contactId);
    const here = new Set(own.map(({ currentStepId }) => currentStepId));
    const theirs = around.touches.filter(({ stepId }) => here.has(stepId));
    const tasks = await taskDays(asking, rules, around, own);
    const pasts = await pastsOf(db, caller.teamId, sequenceId, theirs, contactIds);
    for (const row of own) {
      const sender = senders.get(row.mailboxId ?? "") ?? null;
      const placing = {
        row,
        around,
        gaps,
        pasts,
        sender,
        barred,
        held,
        rules,
        recipients,
        tasks,
        heldBack,
        countsQueue,
      };
      const standing = await standingOf(asking, placing);
      placed.set(row.id, { row, around, standing });
    }
  }
  return rows.flatMap(({ id }) => placed.get(id) ?? []);
}

async function gapsOf(asking: ReadContext, { sequence }: Around, rows: readonly store.StandingRow[]) {
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
  held: FindAnswerHold;
  rules: TeamRules;
  recipients: Recipients;
  tasks: TaskDays;
  heldBack: HeldBack | null;
  countsQueue: boolean;
};

async function standingOf({ db, caller, now }: ReadContext, placing: Placing): Promise<GateStatus> {
  const { row, around, sender } = placing;
  const mailbox = sender && mailboxFacts(sender);
  const at = stepFacts(around, row.currentStepId);
  const step = at && placing.tasks.hasTask(row.id) ? { ...at, dailyLimit: null } : at;
  const { id, mailboxId, dueAt } = row;
  const stands = row.state === "active" && dueAt !== null && Temporal.Instant.compare(dueAt, now) <= 0;
  const before =
    placing.countsQueue && stands && mailboxId && step?.type === "auto_email"
      ? await sendingStore.countBefore(db, caller.teamId, { mailboxId, dueAt, id })
      : 0;
  return {
    who: row.contactName ?? say("The contact"),
    sequenceName: around.sequence.name,
    queue: { before, atLeast: before >= sendingStore.FAR },
    facts: {
      now,
      heldBack: placing.heldBack,
      membership: row,
      sequence: around.facts,
      step,
      person: personFactsFrom({ row, barred: placing.barred, held: placing.held(row) }),
      mail: step && isEmail(step.type) ? mailFor(placing) : null,
      mailbox,
      domain: placing.rules.domain(row.email),
      recipient: placing.recipients.of(row, now),
      linkedIn: placing.tasks.linkedIn(row.id),
      touches: placing.rules.touches(row),
      isInvented: placing.rules.isInvented(placing.sender, row),
      brakes: placing.rules.brakes(row),
      unclear: row.unclear && { ...row.unclear, since: Temporal.Instant.from(row.unclear.since) },
    },
  };
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

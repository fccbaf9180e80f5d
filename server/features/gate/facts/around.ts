// What surrounds an enrollment: the sequence with its rules, hours and mails, and the mailboxes. Gathered once for
// all enrollments that are asked about.

import type { Act } from "../../../app.ts";
import { dayIn } from "../../../domain/basics/limits.ts";
import type { MailboxFacts, SequenceFacts, StepFacts } from "../../../domain/gate/gate-facts.ts";
import { zoneOfDays } from "../../../domain/gate/gate-times.ts";
import { findUser } from "../../identity/users/store.ts";
import { findScheduleFor } from "../../sequences/schedules/store.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import { rulesOf } from "../../sequences/sequences/whole.ts";
import { listStepsOfAll, type StepRow } from "../../sequences/steps/store.ts";
import { type TemplateRow, templatesOf } from "../../sequences/templates/store.ts";
import { listTouchesOfAll, type TouchRow } from "../../sequences/touches/store.ts";
import * as sendingStore from "./sending-store.ts";
import { openedOn } from "./task-counts-store.ts";

export type ReadContext = Pick<Act, "db" | "caller" | "now">;

export type Around = {
  sequence: SequenceRow;
  facts: SequenceFacts;
  /** The steps for new enrollments, and behind them those of earlier versions. */
  steps: readonly StepRow[];
  touches: readonly TouchRow[];
  templates: readonly TemplateRow[];
  /** Mails with something in them: one that says nothing cannot be approved. */
  written: ReadonlySet<string>;
  /** Emails sent today, and of a step for users the tasks opened today. */
  sentOfStep: ReadonlyMap<string | null, number>;
};

/** `isForGate`: counts with much room below their limit need not be exact. */
export async function aroundOf(
  asking: ReadContext,
  sequence: SequenceRow,
  { isForGate = false } = {},
): Promise<Around> {
  const { db, caller, now } = asking;
  const { teamId } = caller;
  const [steps, touches, templates, schedule, rules, owner] = await Promise.all([
    listStepsOfAll(db, teamId, [sequence.id]),
    listTouchesOfAll(db, teamId, sequence.id),
    templatesOf(db, teamId, sequence.id),
    findScheduleFor(db, teamId, sequence.scheduleId),
    rulesOf(db, teamId, sequence),
    findUser(db, teamId, sequence.ownerId),
  ]);
  const dailyLimit = numberOr(rules.maxEmailsPerDay.value, null);
  const { began } = dayIn(zoneOfDays({ schedule }), now);
  const isCounted = dailyLimit !== null || steps.some(({ maxEmailsPerDay }) => maxEmailsPerDay !== null);
  const newLimit = numberOr(rules.maxNewContactsPerDay.value, null);
  const near = isForGate ? newLimit : null;
  const newToday = newLimit === null ? 0 : await sendingStore.newOn(db, teamId, sequence.id, began, near);
  const sent = isCounted ? await sendingStore.sentOn(db, teamId, sequence.id, began) : NOTHING;
  const limited = steps.filter((step) => step.maxEmailsPerDay !== null && step.type !== "auto_email");
  const opened = limited.length === 0 ? [] : await openedOn(db, teamId, idsOf(limited), began);
  const said = new Set(
    templates
      .filter(({ bodyText, bodyHtml }) => bodyText?.trim() || /<img\s/i.test(bodyHtml ?? ""))
      .map(({ id }) => id),
  );
  return {
    sequence,
    steps,
    touches,
    templates,
    sentOfStep: new Map([...sent.ofStep, ...opened]),
    written: new Set(touches.filter(({ templateId }) => said.has(templateId)).map(({ id }) => id)),
    facts: {
      id: sequence.id,
      hasSteps: steps.length > 0,
      isActive: sequence.isActive,
      archivedAt: sequence.archivedAt,
      ownerLeftAt: owner?.deactivatedAt ?? null,
      schedule,
      replyPolicy: String(rules.sameAccountReplyPolicy.value ?? "none"),
      replyDelayDays: numberOr(rules.sameAccountReplyDelayDays.value, 0),
      dailyLimit,
      sentToday: sent.ofSequence,
      newLimit,
      newToday,
    },
  };
}

const NOTHING = { ofSequence: 0, ofStep: new Map<string | null, number>() };

function idsOf(steps: readonly StepRow[]) {
  return steps.map(({ id }) => id);
}

function numberOr<T>(value: unknown, otherwise: T) {
  return typeof value === "number" ? value : otherwise;
}

export function stepFacts({ steps, touches, sentOfStep }: Around, stepId: string | null): StepFacts | null {
  const step = steps.find(({ id }) => id === stepId);
  if (!step) return null;
  const own = touches.filter((touch) => touch.stepId === step.id);
  return {
    id: step.id,
    position: step.position,
    type: step.type,
    isOn: step.isOn,
    dailyLimit: step.maxEmailsPerDay,
    sentToday: sentOfStep.get(step.id) ?? 0,
    mails: own.length,
    approvedMails: own.filter(({ status, weight }) => status === "approved" && weight > 0).length,
  };
}

/** Null where the mailbox's own limit is no greater: then that is what stops it. */
function rampIn({ ramp, dailyLimit, ownDailyLimit }: sendingStore.SendingRow) {
  return ramp && (ownDailyLimit === null || ownDailyLimit > (dailyLimit ?? 0)) ? ramp : null;
}

export function mailboxFacts(row: sendingStore.SendingRow): MailboxFacts {
  const isConnected = row.isActive && row.revokedAt === null && row.userLeftAt === null;
  return {
    id: row.id,
    email: row.email,
    isConnected,
    inactiveReason: row.inactiveReason,
    inactiveSince: isConnected ? null : (row.revokedAt ?? row.updatedAt),
    userLeftAt: row.userLeftAt,
    lastDay: {
      limit: row.dailyLimit,
      sent: row.sentLastDay,
      elsewhere: row.elsewhereLastDay,
      oldestInTheWay: row.oldestInDay,
    },
    lastHour: {
      limit: row.hourlyLimit,
      sent: row.sentLastHour,
      elsewhere: row.elsewhereLastHour,
      oldestInTheWay: row.oldestInHour,
    },
    newContacts: {
      limit: row.newContactsLimit,
      sent: row.newLastDay,
      oldestInTheWay: row.oldestNewInDay,
    },
    ramp: rampIn(row),
    gapSeconds: row.gapSeconds,
    lastSentAt: row.lastSentAt,
    countsSentElsewhere: row.countsSentElsewhere,
    countsFormer: row.countsFormer,
    lastElsewhereAt: row.lastElsewhereAt,
    backoffUntil: row.backoffUntil,
    backoffReason: row.backoffReason,
    inbox: row.readsInbox
      ? {
          readAt: row.inboxReadAt,
          freshUntil: row.inboxFreshUntil,
          trouble: row.readingError,
          connectedAt: row.connectedAt,
        }
      : null,
  };
}

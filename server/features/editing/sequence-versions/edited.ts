// A sequence as an edit finds and leaves it, for what the edit has changed.

import type { Act } from "../../../app.ts";
import type { EditedSequence } from "../../../domain/sequences/edit-changes.ts";
import { textOf } from "../../../kernel/html.ts";
import { findSequence } from "../../sequences/sequences/store.ts";
import { listSteps, type StepRow } from "../../sequences/steps/store.ts";
import { type TemplateRow, templatesOf } from "../../sequences/templates/store.ts";
import { listTouches, type TouchRow } from "../../sequences/touches/store.ts";
import { linkNames } from "./store.ts";

export async function sequenceAsEdited({ db, caller: { teamId } }: Act, id: string): Promise<EditedSequence> {
  const sequence = await findSequence(db, teamId, id);
  const links = await linkNames(db, teamId, id);
  const steps = await listSteps(db, teamId, id);
  const touches = await listTouches(db, teamId, id);
  const templates = new Map((await templatesOf(db, teamId, id)).map((one) => [one.id, one]));
  return {
    settings: { ...(sequence && settingsOf(sequence)), ...links },
    steps: steps.map((step) => ({
      id: step.id,
      type: step.type,
      fields: stepFields(step),
      emails: touches
        .filter(({ stepId }) => stepId === step.id)
        .map((touch) => ({ id: touch.id, fields: emailFields(touch, templates.get(touch.templateId)) })),
    })),
  };
}

type Sequence = NonNullable<Awaited<ReturnType<typeof findSequence>>>;

/** Without what other events tell: that it was activated, archived, starred or shared. */
function settingsOf(sequence: Sequence) {
  return {
    name: sequence.name,
    description: sequence.description,
    byExactDaytime: sequence.byExactDaytime === true,
    sendsAtUsualHour: sequence.sendsAtUsualHour,
    maxEmailsPerDay: sequence.maxEmailsPerDay,
    maxNewContactsPerDay: sequence.maxNewContactsPerDay,
    allowedSendFromDomains: sequence.allowedSendFromDomains,
    ccEmails: sequence.ccEmails,
    bccEmails: sequence.bccEmails,
    visibility: sequence.visibility,
    accessType: sequence.accessType,
    deliveryPolicy: sequence.deliveryPolicy,
    onNotSent: sequence.onNotSent,
    priorityPolicy: sequence.priorityPolicy,
    markFinishedIfReply: sequence.markFinishedIfReply,
    markFinishedIfClick: sequence.markFinishedIfClick,
    markFinishedIfInterested: sequence.markFinishedIfInterested,
    markPausedIfOoo: sequence.markPausedIfOoo,
    daysToWaitBeforeMarkAsResponse: sequence.daysToWaitBeforeMarkAsResponse,
    sameAccountReplyPolicy: sequence.sameAccountReplyPolicy,
    sameAccountReplyDelayDays: sequence.sameAccountReplyDelayDays,
    sameAccountReplyScope: sequence.sameAccountReplyScope,
    createTaskIfEmailOpen: sequence.createTaskIfEmailOpen,
    emailOpenTriggerTaskThreshold: sequence.emailOpenTriggerTaskThreshold,
    ignoreGlobalBounceList: sequence.ignoreGlobalBounceList,
  };
}

function stepFields({ type, waitTime, waitMode, exactAt, ...step }: StepRow) {
  return {
    type,
    wait: exactAt ? null : `${waitTime} ${waitMode}`,
    exactAt: exactAt?.toString({ smallestUnit: "minute" }) ?? null,
    condition: step.condition,
    note: step.note,
    priority: step.priority,
    stepMaxEmailsPerDay: step.maxEmailsPerDay,
    autoSkipInDays: step.autoSkipInDays,
    isOn: step.isOn,
  };
}

function emailFields(touch: TouchRow, template: TemplateRow | undefined) {
  return {
    subject: template?.subject ?? "",
    text: textOf(template?.bodyHtml ?? ""),
    thread: touch.type,
    status: touch.status,
    weight: touch.weight,
    includeSignature: touch.includeSignature,
    hasPersonalizedOpener: touch.hasPersonalizedOpener,
    genericPersonalizedOpener: touch.genericPersonalizedOpener,
    attachments: touch.attachmentIds.length,
  };
}

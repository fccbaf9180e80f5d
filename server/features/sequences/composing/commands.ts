// Mails before they are sent: how the first ones would read, and which values are missing.

import type { Act } from "../../../app.ts";
import { isEmail } from "../../../domain/sequences/sequence-plan.ts";
import {
  chooseTouch,
  liesAhead,
  type Pasts,
  type ReceivedMails,
  receivedBy,
} from "../../../domain/sequences/touch-choice.ts";
import {
  type ComposeFault,
  type ComposeResult,
  composeMail,
  gapsIn,
} from "../../../domain/templates/composing.ts";
import type { MailFacts, SenderFacts } from "../../../domain/templates/mail-facts.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { getVisible } from "../sequences/finding.ts";
import { listStepsOfAll, type StepRow } from "../steps/store.ts";
import { type TemplateRow, templatesOf } from "../templates/store.ts";
import { listTouchesOfAll, type TouchRow } from "../touches/store.ts";
import * as store from "./store.ts";

type Asking = Pick<Act, "db" | "caller" | "now">;

/** Without a mailbox there is no sender yet. */
export type Addressed = { contactId: string; mailboxId: string | null };

type StepMailPreview = ComposeResult & {
  contactId: string;
  touchId: string;
  isReply: boolean;
  subjectAsWritten: string | null;
  /** No mail of the step is approved: this is the one that it would be, and it waits for review. */
  needsReview: boolean;
};

/** As they would read now. Who is not of the team is left out. */
export async function previewFirstMails(
  asking: Asking,
  wish: { sequenceId: string; stepId: string; enrollments: readonly Addressed[] },
): Promise<StepMailPreview[]> {
  const known = await gather(asking, wish.sequenceId, wish.enrollments, wish.stepId);
  const step = known.steps.find(({ id }) => id === wish.stepId);
  if (!step) throw new Refusal("record_not_found");
  return wish.enrollments.flatMap((addressed) =>
    previewOf(known, step, { ...wish, ...addressed, at: asking.now }),
  );
}

type StepAtTime = Addressed & { stepId: string; at: Temporal.Instant };

/** Mails of any steps of one sequence, each as it would read at its time. Null where there is none. */
export async function previewPlannedMails(
  asking: Asking,
  sequenceId: string,
  planned: readonly StepAtTime[],
): Promise<(StepMailPreview | null)[]> {
  const known = await gather(asking, sequenceId, planned);
  const byId = new Map(known.steps.map((step) => [step.id, step]));
  return planned.map((mail) => {
    const step = byId.get(mail.stepId);
    return (step && previewOf(known, step, { ...mail, sequenceId })[0]) ?? null;
  });
}

function previewOf(
  { gathered, pasts }: Pick<Known, "gathered" | "pasts">,
  step: MailStep,
  { sequenceId, at, ...addressed }: Addressed & { sequenceId: string; at: Temporal.Instant },
): StepMailPreview[] {
  const received = receivedBy(pasts, addressed.contactId);
  const chosen = chooseFor(step, { sequenceId, contactId: addressed.contactId, received });
  const facts = chosen && factsFor(gathered, addressed, chosen.touch);
  if (!chosen || !facts) return [];
  const sender = gathered.senders.get(addressed.mailboxId ?? "");
  const isSigned = isEmail(step.type) && chosen.touch.includeSignature;
  const signature = isSigned ? sender?.signatureHtml : null;
  const composed = composeMail({
    ...chosen.template,
    facts,
    now: at,
    zone: zoneFor(gathered, facts),
    drawnFor: { contactId: addressed.contactId, stepId: step.id },
    signatureHtml: signature ? cleanHtml(signature) : null,
  });
  const { id: touchId, type } = chosen.touch;
  const isReply = type === "reply_to_thread";
  const { subject: subjectAsWritten } = chosen.template;
  const { contactId } = addressed;
  return [{ contactId, touchId, isReply, subjectAsWritten, needsReview: step.needsReview, ...composed }];
}

/**
 * A template by itself, for a contact outside any sequence. A missing value leaves a gap, which the user can fill in.
 */
export async function composeAlone(
  { db, caller, now }: Asking,
  { subject, bodyHtml }: Pick<TemplateRow, "subject" | "bodyHtml">,
  { contactId, mailboxId }: Addressed,
) {
  const wanted = {
    contactIds: [contactId],
    mailboxIds: mailboxId === null ? [] : [mailboxId],
    sequenceId: NOWHERE,
  };
  const gathered = await store.gatherFacts(db, caller.teamId, wanted);
  const person = gathered.people.get(contactId);
  if (!person) return null;
  const sender = gathered.senders.get(mailboxId ?? "") ?? SOMEBODY;
  const facts: MailFacts = { ...person, sender, sequence: null, opener: null };
  const { mail } = composeMail({
    subject,
    bodyHtml,
    facts,
    now,
    zone: zoneFor(gathered, facts),
    drawnFor: { contactId, stepId: null },
  });
  return mail;
}

const NOWHERE = "";

type StepGaps = { stepId: string; position: number; missing: string[] };

export type MissingValues = {
  /** By contact, the steps whose mail lacks something, in their order. Who lacks nothing is not in it. */
  byContact: Map<string, StepGaps[]>;
  /** Mails that cannot be composed for any contact. */
  faults: { stepId: string; position: number; touchId: string; fault: ComposeFault }[];
  /** Steps of which no mail is approved. */
  needReview: { stepId: string; position: number }[];
};

/** A mail of a step, as one contact would be sent it: the variant drawn for them, and what it lacks. */
export type MailAhead = {
  stepId: string;
  position: number;
  type: StepRow["type"];
  touchId: string;
  isReply: boolean;
  missing: string[];
  fault: ComposeFault | null;
};

type Ahead = { sequenceId: string; people: readonly Addressed[]; beginsAt?: number };

/** What the mails of a sequence would lack, per contact and step. */
export async function missingValues(asking: Asking, wish: Ahead): Promise<MissingValues> {
  const { mails, needReview } = await mailsAhead(asking, wish);
  const faults = new Map<string, MissingValues["faults"][number]>();
  const byContact = new Map<string, StepGaps[]>();
  for (const [contactId, own] of mails) {
    const gaps: StepGaps[] = [];
    for (const { stepId, position, touchId, missing, fault } of own)
      if (fault) faults.set(touchId, { stepId, position, touchId, fault });
      else if (missing.length > 0) gaps.push({ stepId, position, missing });
    if (gaps.length > 0) byContact.set(contactId, gaps);
  }
  return { byContact, faults: [...faults.values()], needReview };
}

/**
 * By contact, in the order of the steps, the mails of all steps that are on, in the variant that each contact gets: of steps that lie
 * ahead of them they will have been sent what they are drawn.
 */
export async function mailsAhead(asking: Asking, { sequenceId, people, beginsAt = 1 }: Ahead) {
  const { steps: known, gathered, pasts } = await gather(asking, sequenceId, people);
  const steps = known.filter(({ versionId }) => versionId === null);
  const mails = new Map<string, MailAhead[]>();
  for (const addressed of people) {
    const own: MailAhead[] = [];
    const { contactId } = addressed;
    const received = new Set(receivedBy(pasts, contactId));
    for (const { id: stepId, position, type, ...step } of steps) {
      const chosen = chooseFor({ id: stepId, ...step }, { sequenceId, contactId, received });
      if (chosen && liesAhead(pasts, contactId, position, beginsAt)) received.add(chosen.id);
      const known = chosen && factsFor(gathered, addressed, chosen.touch);
      if (!chosen || !known) continue;
      const facts = { ...known, sender: known.sender ?? SOMEBODY };
      const zone = zoneFor(gathered, facts);
      const { missing, fault } = gapsIn({
        ...chosen.template,
        facts,
        now: asking.now,
        zone,
        drawnFor: { contactId, stepId },
      });
      const { id: touchId, type: threading } = chosen.touch;
      own.push({
        stepId,
        position,
        type,
        touchId,
        missing: missing ?? [],
        fault,
        isReply: threading === "reply_to_thread",
      });
    }
    mails.set(contactId, own);
  }
  const needReview = steps
    .filter((step) => step.needsReview)
    .map(({ id, position }) => ({ stepId: id, position }));
  return { mails, needReview };
}

// The real sender will have these: where no mailbox is chosen yet, no sender value counts as missing.
const SOMEBODY: SenderFacts = { firstName: "", lastName: "", name: "", title: "", email: "" };

type Mail = {
  id: string;
  weight: number;
  goesWithTouchId: string | null;
  touch: TouchRow;
  template: TemplateRow;
};
type MailStep = Pick<StepRow, "id" | "position" | "type" | "versionId"> & {
  needsReview: boolean;
  mails: Mail[];
};

type Known = { steps: MailStep[]; gathered: store.ComposingFacts; pasts: Pasts };

/** Of the steps that mail, and of `stepId` whatever it is: what to say in a call is written like a mail. */
async function gather(
  asking: Asking,
  sequenceId: string,
  people: readonly Addressed[],
  stepId: string | null = null,
): Promise<Known> {
  const { db, caller } = asking;
  await getVisible(asking, sequenceId);
  const contactIds = people.map(({ contactId }) => contactId);
  const mailboxIds = [...new Set(people.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const [steps, touches, templates, gathered] = await Promise.all([
    listStepsOfAll(db, caller.teamId, [sequenceId]),
    listTouchesOfAll(db, caller.teamId, sequenceId),
    templatesOf(db, caller.teamId, sequenceId),
    store.gatherFacts(db, caller.teamId, { contactIds, mailboxIds, sequenceId }),
  ]);
  const written = steps.filter(({ type, isOn, id }) => isOn && (isEmail(type) || id === stepId));
  const asked = touches.filter((touch) => stepId === null || touch.stepId === stepId);
  const pasts = await store.pastsOf(asking.db, asking.caller.teamId, sequenceId, asked, contactIds);
  return { steps: mailSteps(written, touches, templates), gathered, pasts };
}

/** Each with its approved mails; with all of them where none is approved. */
function mailSteps(
  steps: readonly StepRow[],
  touches: readonly TouchRow[],
  templates: readonly TemplateRow[],
): MailStep[] {
  const byId = new Map(templates.map((template) => [template.id, template]));
  return steps.map(({ id, position, type, versionId }) => {
    const mails = touches.flatMap((touch) => {
      const template = byId.get(touch.templateId);
      const { weight, goesWithTouchId } = touch;
      return touch.stepId === id && template
        ? [{ id: touch.id, weight, goesWithTouchId, touch, template }]
        : [];
    });
    const approved = mails.filter(({ touch, weight }) => touch.status === "approved" && weight > 0);
    const needsReview = approved.length === 0;
    return { id, position, type, versionId, needsReview, mails: needsReview ? mails : approved };
  });
}

function chooseFor(
  { id: stepId, mails }: Pick<MailStep, "id" | "mails">,
  { sequenceId, contactId, received }: { sequenceId: string; contactId: string; received: ReceivedMails },
) {
  return chooseTouch(mails, { sequenceId, stepId, contactId }, received);
}

function factsFor(gathered: store.ComposingFacts, { contactId, mailboxId }: Addressed, touch: TouchRow) {
  const person = gathered.people.get(contactId);
  if (!person) return null;
  const sender = gathered.senders.get(mailboxId ?? "") ?? null;
  const opener = gathered.openers.get(contactId) ?? openerOf(touch);
  const facts: MailFacts = { ...person, sender, sequence: gathered.sequence, opener };
  return facts;
}

/** A contact without their own opener gets the general one, or a mail without. */
function openerOf(touch: TouchRow) {
  const mayLack = touch.personalizedOpenerFallbackOption === "send_without_opener";
  return touch.genericPersonalizedOpener?.trim() || (mayLack ? "" : null);
}

function zoneFor({ sequence }: store.ComposingFacts, { contact }: MailFacts) {
  return (sequence?.usesContactsZone && contact.timeZone) || (sequence?.zone ?? "UTC");
}

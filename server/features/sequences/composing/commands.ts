// Mails before they are sent: how the first ones would read, and which values are missing.

import type { Act } from "../../../app.ts";
import { isEmail } from "../../../domain/sequences/sequence-plan.ts";
import {
  chooseTouch,
  type Pasts,
  type ReceivedMails,
  receivedBy,
} from "../../../domain/sequences/touch-choice.ts";
import { type ComposeResult, composeMail } from "../../../domain/templates/composing.ts";
import type { MailFacts, SenderFacts } from "../../../domain/templates/mail-facts.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { getVisible } from "../sequences/finding.ts";
import { listStepsOfAll, type StepRow } from "../steps/store.ts";
import { type TemplateRow, templatesOf } from "../templates/store.ts";
import { listTouchesOfAll, type TouchRow } from "../touches/store.ts";
import * as store from "./store.ts";

export type Asking = Pick<Act, "db" | "caller" | "now">;

/** Without a mailbox there is no sender yet. */
export type Addressed = { contactId: string; mailboxId: string | null };

/** What a sequence does and says. */
type Plan = {
  steps: readonly StepRow[];
  touches: readonly TouchRow[];
  templates: readonly TemplateRow[];
};

type StepMailPreview = ComposeResult & {
  contactId: string;
  touchId: string;
  isReply: boolean;
  subjectAsWritten: string | null;
  /** No mail of the step is approved: this is the one that it would be, and it waits for review. */
  needsReview: boolean;
};

/** As they would read now. Who is not of the team is left out. A plan that was read already is not read again. */
export async function previewFirstMails(
  asking: Asking,
  wish: { sequenceId: string; stepId: string; enrollments: readonly Addressed[] },
  plan: Plan | null = null,
): Promise<StepMailPreview[]> {
  const known = await gather(asking, wish.sequenceId, wish.enrollments, { stepId: wish.stepId, plan });
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

// The real sender will have these: where no mailbox is chosen yet, no sender value counts as missing.
export const SOMEBODY: SenderFacts = {
  firstName: "",
  lastName: "",
  name: "",
  title: "",
  email: "",
  meetingUrl: "",
};

type Mail = {
  id: string;
  weight: number;
  goesWithTouchId: string | null;
  touch: ChosenTouch;
  template: Pick<TemplateRow, "subject" | "bodyHtml">;
};

type ChosenTouch = Pick<
  TouchRow,
  "id" | "type" | "includeSignature" | "genericPersonalizedOpener" | "personalizedOpenerFallbackOption"
>;

export type MailStep = Pick<StepRow, "id" | "position" | "type" | "versionId"> & {
  needsReview: boolean;
  mails: Mail[];
};

/** `all`: whatever they are and whether or not they are on. */
type Known = {
  steps: MailStep[];
  all: readonly StepRow[];
  gathered: store.ComposingFacts;
  pasts: Pasts;
};

/** Of the steps that mail, and of `stepId` whatever it is: what to say in a call is written like a mail. */
export async function gather(
  asking: Asking,
  sequenceId: string,
  people: readonly Addressed[],
  { stepId, plan }: { stepId: string | null; plan: Plan | null } = { stepId: null, plan: null },
): Promise<Known> {
  const { db, caller } = asking;
  const contactIds = people.map(({ contactId }) => contactId);
  const mailboxIds = [...new Set(people.flatMap(({ mailboxId }) => mailboxId ?? []))];
  const [{ steps, touches, templates }, gathered] = await Promise.all([
    plan ?? readPlan(asking, sequenceId),
    store.gatherFacts(db, caller.teamId, { contactIds, mailboxIds, sequenceId }),
  ]);
  const written = steps.filter(({ type, isOn, id }) => isOn && (isEmail(type) || id === stepId));
  const asked = touches.filter((touch) => stepId === null || touch.stepId === stepId);
  const pasts = await store.pastsOf(asking.db, asking.caller.teamId, sequenceId, asked, contactIds);
  return { steps: mailSteps(written, touches, templates), all: steps, gathered, pasts };
}

async function readPlan(asking: Asking, sequenceId: string): Promise<Plan> {
  const { db, caller } = asking;
  const [, steps, touches, templates] = await Promise.all([
    getVisible(asking, sequenceId),
    listStepsOfAll(db, caller.teamId, [sequenceId]),
    listTouchesOfAll(db, caller.teamId, sequenceId),
    templatesOf(db, caller.teamId, sequenceId),
  ]);
  return { steps, touches, templates };
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

export function chooseFor(
  { id: stepId, mails }: Pick<MailStep, "id" | "mails">,
  { sequenceId, contactId, received }: { sequenceId: string; contactId: string; received: ReceivedMails },
) {
  return chooseTouch(mails, { sequenceId, stepId, contactId }, received);
}

export function factsFor(
  gathered: store.ComposingFacts,
  { contactId, mailboxId }: Addressed,
  touch: ChosenTouch,
) {
  const person = gathered.people.get(contactId);
  if (!person) return null;
  const sender = gathered.senders.get(mailboxId ?? "") ?? null;
  const opener = gathered.openers.get(contactId) ?? openerOf(touch);
  const facts: MailFacts = { ...person, sender, sequence: gathered.sequence, opener };
  return facts;
}

/** A contact without their own opener gets the general one, or a mail without. */
function openerOf(touch: ChosenTouch) {
  const mayLack = touch.personalizedOpenerFallbackOption === "send_without_opener";
  return touch.genericPersonalizedOpener?.trim() || (mayLack ? "" : null);
}

export function zoneFor({ sequence }: store.ComposingFacts, { contact }: MailFacts) {
  return (sequence?.usesContactsZone && contact.timeZone) || (sequence?.zone ?? "UTC");
}

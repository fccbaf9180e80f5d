// Which mails of a sequence lack something, and which will fail for whom, as things are now: what the check before adding warns of, and what a promise reckons
// with. The gate says it, of each mail as it would be composed, so neither knows a rule of its own.

import type { GateCode } from "../../../domain/gate/gate.ts";
import { holdsOn } from "../../../domain/gate/gate.ts";
import { soundExcept } from "../../../domain/gate/sound-facts.ts";
import { stepsAhead, stepsBeside } from "../../../domain/sequences/sequence-plan.ts";
import { placeOf, receivedBy } from "../../../domain/sequences/touch-choice.ts";
import { type ComposeFault, gapsIn } from "../../../domain/templates/composing.ts";
import type { StepRow } from "../steps/store.ts";
import { type Addressed, type Asking, chooseFor, factsFor, gather, SOMEBODY, zoneFor } from "./commands.ts";

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
type MailAhead = {
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
async function mailsAhead(asking: Asking, { sequenceId, people, beginsAt = 1 }: Ahead) {
  const { steps: known, all, gathered, pasts } = await gather(asking, sequenceId, people);
  const steps = known.filter(({ versionId }) => versionId === null);
  const ahead = aheadIn(stepsBeside(all, null));
  const mails = new Map<string, MailAhead[]>();
  for (const addressed of people) {
    const own: MailAhead[] = [];
    const { contactId } = addressed;
    const received = new Set(receivedBy(pasts, contactId));
    const place = placeOf(pasts, contactId, beginsAt);
    for (const { id: stepId, position, type, ...step } of steps) {
      const chosen = chooseFor({ id: stepId, ...step }, { sequenceId, contactId, received });
      if (chosen && ahead(place).has(stepId)) received.add(chosen.id);
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
  return { mails, needReview, ahead };
}

/** The steps to which a contact at a position may still come. Thousands of contacts stand at a few positions. */
export function aheadIn(steps: readonly StepRow[]): (position: number) => ReadonlySet<string> {
  const known = new Map<number, ReadonlySet<string>>();
  return (position) => {
    const ahead = known.get(position) ?? new Set(stepsAhead(steps, position).map(({ id }) => id));
    known.set(position, ahead);
    return ahead;
  };
}

export type FailingMail = { stepId: string; position: number; code: GateCode; missing: string[] };

/** By contact, in the order of the steps; who joins begins at `beginsAt`. Mails that a person sends are the person's to complete. */
export async function failingMails(
  asking: Asking,
  wish: { sequenceId: string; people: readonly Addressed[]; beginsAt: number; goesOnWhenNotSent: boolean },
): Promise<Map<string, FailingMail[]>> {
  const { mails, ahead } = await mailsAhead(asking, wish);
  const failing = new Map<string, FailingMail[]>();
  for (const [contactId, all] of mails) {
    const theirs = all.filter(({ stepId }) => ahead(wish.beginsAt).has(stepId));
    const own = failingOf(asking.now, theirs, wish.goesOnWhenNotSent);
    if (own.length > 0) failing.set(contactId, own);
  }
  return failing;
}

/** A reply needs a mail before it that was sent. Who failed at an earlier step has its code alone, unless the sequence goes on. */
function failingOf(now: Temporal.Instant, ahead: readonly MailAhead[], goesOn: boolean) {
  const failing: FailingMail[] = [];
  let hasParent = false;
  for (const mail of ahead) {
    const { stepId, position, missing } = mail;
    const hold = holdOf(now, mail, hasParent);
    if (hold) failing.push({ stepId, position, code: hold.code, missing });
    hasParent ||= !hold || !goesOn;
  }
  return failing;
}

function holdOf(
  now: Temporal.Instant,
  { touchId, type, isReply, missing, fault }: MailAhead,
  hasParent: boolean,
) {
  const mail = { touchId, isReply, hasParent, missing, fault: fault?.sentence ?? null };
  return holdsOn(soundExcept(now, { step: { type }, mail })).find(({ outcome }) => outcome === "fail");
}

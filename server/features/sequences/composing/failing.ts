// Which mails of a sequence lack something, and which will fail for whom, as things are now: what the check before adding warns of, and what a promise reckons
// with. The gate says it, of each mail as it would be composed, so neither knows a rule of its own.

import { type GateCode, type GateHold, holdsOn } from "../../../domain/gate/gate.ts";
import { type GateFactOverrides, soundExcept } from "../../../domain/gate/sound-facts.ts";
import { stepsAhead, stepsBeside } from "../../../domain/sequences/sequence-plan.ts";
import { placeOf, receivedBy } from "../../../domain/sequences/touch-choice.ts";
import {
  type ComposeFault,
  type For,
  gapsIn,
  type WrittenMail,
} from "../../../domain/templates/composing.ts";
import type { StepRow } from "../steps/store.ts";
import { type Addressed, type Asking, chooseFor, factsFor, gather, SOMEBODY, zoneFor } from "./commands.ts";
import { type UnsavedMail, withUnsaved } from "./unsaved.ts";

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
  isSigned: boolean;
  missing: string[];
  fault: ComposeFault | null;
  needsReview: boolean;
  /** What it is composed of. */
  written: WrittenMail & For;
};

type Ahead = {
  sequenceId: string;
  people: readonly Addressed[];
  beginsAt?: number;
  /** A text that is not saved yet, instead of the mails of its step. */
  unsaved?: UnsavedMail | null;
};

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
export async function mailsAhead(
  asking: Asking,
  { sequenceId, people, beginsAt = 1, unsaved = null }: Ahead,
) {
  const { steps: known, all, gathered, pasts } = await gather(asking, sequenceId, people);
  const saved = known.filter(({ versionId }) => versionId === null);
  const steps = unsaved ? withUnsaved(saved, unsaved) : saved;
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
      const written = { ...chosen.template, facts, now: asking.now, zone, drawnFor: { contactId, stepId } };
      const { missing, fault } = gapsIn(written);
      const { id: touchId, type: threading, includeSignature: isSigned } = chosen.touch;
      own.push({
        stepId,
        position,
        type,
        touchId,
        missing: missing ?? [],
        fault,
        isReply: threading === "reply_to_thread",
        isSigned,
        needsReview: step.needsReview,
        written,
      });
    }
    mails.set(contactId, own);
  }
  const needReview = steps
    .filter((step) => step.needsReview)
    .map(({ id, position }) => ({ stepId: id, position }));
  return { mails, needReview, ahead, gathered };
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
  return judgeMails(now, ahead, { goesOn, hasParent: false, person: {} }).flatMap(({ mail, holds }) => {
    const { stepId, position, missing } = mail;
    const fails = holds.find(({ outcome }) => outcome === "fail");
    return fails ? [{ stepId, position, code: fails.code, missing }] : [];
  });
}

type Judging = Pick<GateFactOverrides, "person"> & { goesOn: boolean; hasParent: boolean };

/** What the gate has against each mail of one contact, in the order of the steps. */
export function judgeMails(
  now: Temporal.Instant,
  ahead: readonly MailAhead[],
  { goesOn, person = {}, ...already }: Judging,
) {
  let { hasParent } = already;
  return ahead.map((mail) => {
    const holds = holdsOnMail(now, mail, hasParent, person);
    hasParent ||= goesOn ? holds.every(({ outcome }) => outcome !== "fail" && outcome !== "skip") : true;
    return { mail, holds };
  });
}

function holdsOnMail(
  now: Temporal.Instant,
  { touchId, type, position, isReply, missing, fault, needsReview }: MailAhead,
  hasParent: boolean,
  person: NonNullable<Judging["person"]>,
): GateHold[] {
  const mail = { touchId, isReply, hasParent, missing, fault: fault?.sentence ?? null };
  const step = { type, position, approvedMails: needsReview ? 0 : 1 };
  return holdsOn(soundExcept(now, { step, mail, person }));
}

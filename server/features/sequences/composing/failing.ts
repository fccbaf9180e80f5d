// Which mails of a sequence will fail for whom, as things are now: what the check before adding warns of, and what a promise reckons
// with. The gate says it, of each mail as it would be composed, so neither knows a rule of its own.

import type { GateCode } from "../../../domain/gate/gate.ts";
import { holdsOn } from "../../../domain/gate/gate.ts";
import { soundExcept } from "../../../domain/gate/sound-facts.ts";
import { type Addressed, type MailAhead, mailsAhead } from "./commands.ts";

type Asking = Parameters<typeof mailsAhead>[0];

export type FailingMail = { stepId: string; position: number; code: GateCode; missing: string[] };

/** By contact, in the order of the steps; who joins begins at `beginsAt`. Mails that a person sends are the person's to complete. */
export async function failingMails(
  asking: Asking,
  wish: { sequenceId: string; people: readonly Addressed[]; beginsAt: number; goesOnWhenNotSent: boolean },
): Promise<Map<string, FailingMail[]>> {
  const { mails } = await mailsAhead(asking, wish);
  const failing = new Map<string, FailingMail[]>();
  for (const [contactId, all] of mails) {
    const ahead = all.filter(({ position }) => position >= wish.beginsAt);
    const own = failingOf(asking.now, ahead, wish.goesOnWhenNotSent);
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

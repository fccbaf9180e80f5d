// The emails of a sequence for ten contacts at once, as each would get them if it were due now. More contacts are looked at, and those
// whose email would fail come first. The gate judges each email, as it does for the check before adding.

import type { GateHold } from "../../../domain/gate/gate.ts";
import { isFailing, rankOf, type Trial, type TrialMail, verdictOf } from "../../../domain/sending/trial.ts";
import { isEmail } from "../../../domain/sequences/sequence-plan.ts";
import { composeMail, replying } from "../../../domain/templates/composing.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { judgeMails, type MailAhead, mailsAhead } from "../../sequences/composing/failing.ts";
import { UNSAVED, type UnsavedMail } from "../../sequences/composing/unsaved.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { type ReadContext, refuseOtherStep } from "./commands.ts";
import { findOwnSender } from "./store.ts";
import { chooseTrial, trialPeople } from "./trial-people.ts";

const SHOWN = 10;

type TrialWish = {
  sequenceId: string;
  labelId: string | null;
  /** Null: all steps that send email. */
  stepId: string | null;
  unsaved: UnsavedMail | null;
};

type Judged = { mail: MailAhead; holds: GateHold[]; verdict: TrialMail["verdict"] };

export async function tryMails(asking: ReadContext, wish: TrialWish): Promise<Trial> {
  const { db, caller, now } = asking;
  const { sequenceId, stepId, unsaved } = wish;
  const { onNotSent } = await getVisible(asking, sequenceId);
  if (stepId !== null) await refuseOtherStep(asking, sequenceId, stepId);
  const own = await findOwnSender(db, caller.teamId, caller.userId);
  const { source, chosen } = await chooseTrial(asking, sequenceId, wish.labelId);
  const people = await trialPeople(asking, sequenceId, chosen, own?.id ?? null);
  const { mails, gathered } = await mailsAhead(asking, { sequenceId, people, unsaved });
  const isAsked = ({ mail }: Pick<TrialMail, "mail">) =>
    unsaved ? mail.stepId === (stepId ?? UNSAVED) : stepId === null || mail.stepId === stepId;
  const judged = people.map((person) => {
    const { facts, hasSentMail } = person;
    const judging = { goesOn: onNotSent === "continue", hasParent: hasSentMail, person: facts };
    const all = judgeMails(now, mails.get(person.contactId) ?? [], judging);
    return { person, all: all.map((one) => ({ ...one, verdict: verdictOf(one.holds) })) };
  });
  const askedOf = ({ all }: (typeof judged)[number]) => all.filter(isAsked);
  const inOrder = judged.toSorted((one, other) => rankOf(askedOf(other)) - rankOf(askedOf(one)));
  return {
    source,
    lookedAt: people.length,
    failing: judged.filter((one) => isFailing(askedOf(one))).length,
    contacts: inOrder.slice(0, SHOWN).map(({ person, all }) => ({
      person,
      mails: composeAll(all, gathered.senders.get(person.mailboxId ?? "")?.signatureHtml ?? null).filter(
        isAsked,
      ),
    })),
  };
}

/** A reply without a subject has that of the email which began its thread. */
function composeAll(all: readonly Judged[], signatureHtml: string | null): TrialMail[] {
  let thread = "";
  return all.map((one) => {
    const { written, type, isSigned, isReply } = one.mail;
    const isWithSignature = isEmail(type) && isSigned && signatureHtml !== null;
    const composed = composeMail({
      ...written,
      signatureHtml: isWithSignature ? cleanHtml(signatureHtml) : null,
    });
    const own = composed.mail?.subject ?? "";
    const subject = isReply && thread !== "" ? replying(own, thread) : own;
    if (!isReply) thread = own;
    return { ...one, composed, subject };
  });
}

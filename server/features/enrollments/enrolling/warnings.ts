// What those who join are told of beforehand: what will stop their mails as things are now, and how the first would read.

import type { Act } from "../../../app.ts";
import type { SkipEvidence } from "../../../domain/enrollments/eligibility.ts";
import { FAILING_CODES, type Warning, warningsAbout } from "../../../domain/gate/warnings.ts";
import { isEmail, stepsAhead } from "../../../domain/sequences/sequence-plan.ts";
import { fullTouches } from "../../../domain/sequences/touches.ts";
import { heldAmong } from "../../contacts/answer-holds/commands.ts";
import { teamRules } from "../../gate/facts/team-rules.ts";
import { findUser } from "../../identity/users/store.ts";
import { type Addressed, previewFirstMails } from "../../sequences/composing/commands.ts";
import { type FailingMail, failingMails } from "../../sequences/composing/failing.ts";
import { rulesOf } from "../../sequences/sequences/whole.ts";
import type { EnrollingCandidate } from "./candidate-facts.ts";
import * as store from "./store.ts";
import type { JoinTerms } from "./terms.ts";

/**
 * What will stop their mails as things are now: their stages, a colleague's answer, missing values in a mail. And the
 * steps they had before.
 */
export async function warningsFor(
  act: Act,
  terms: JoinTerms,
  joining: readonly EnrollingCandidate[],
  people: readonly Addressed[],
): Promise<Warning[]> {
  const { db, caller, now } = act;
  const { sequence, firstStep } = terms;
  const lacking = new Set(joining.filter(({ email }) => email === null).map(({ id }) => id));
  const before = joining.filter(({ generation }) => generation > 1).map(({ id }) => id);
  const beginsAt = firstStep?.position ?? 1;
  const [rules, failing, owner, received, unapproved] = await Promise.all([
    rulesOf(db, caller.teamId, sequence),
    failingMails(act, {
      ...termsOfMails(terms),
      people: people.filter(({ contactId }) => !lacking.has(contactId)),
    }),
    findUser(db, caller.teamId, sequence.ownerId),
    store.receivedBefore(db, caller.teamId, sequence.id, before, beginsAt),
    store.firstUnapproved(db, caller.teamId, sequence.id, beginsAt),
  ]);
  const replyPolicy = String(rules.sameAccountReplyPolicy.value ?? "none");
  const companies =
    replyPolicy === "none" ? [] : [...new Set(joining.flatMap(({ companyKey }) => companyKey ?? []))];
  const isEverywhere = rules.sameAccountReplyScope.value === "all_sequences";
  const days = Number(rules.sameAccountReplyDelayDays.value);
  const since = isEverywhere ? now.subtract({ hours: 24 * days }) : null;
  const answered = await store.answeredIn(db, caller.teamId, sequence.id, companies, since);
  const safeguards = warningsAbout(
    joining.map(({ row }) => row),
    {
      contactStageIds: sequence.excludedContactStageIds,
      accountStageIds: sequence.excludedAccountStageIds,
      replyPolicy,
      hasOwnerLeft: owner?.deactivatedAt != null,
      received: new Map(received.map(({ contactId, steps }) => [contactId, steps])),
      answered: Map.groupBy(answered, ({ companyKey }) => companyKey),
    },
  );
  const gaps = [...failing].flatMap(([contactId, mails]) => mails.flatMap((mail) => gapIn(contactId, mail)));
  const waiting = unapproved === null ? [] : joining.filter(({ id }) => !lacking.has(id));
  const unread = waiting.map(({ id }) => waitsAt(id, unapproved));
  const skipped = [...lacking].map((contactId) => skippedFor(contactId, terms));
  const held = await unsettled(act, joining);
  return [
    ...safeguards,
    ...held,
    ...(await touchedEnough(act, terms, joining)),
    ...gaps,
    ...unread,
    ...skipped,
  ];
}

const waitsAt = (contactId: string, position: number | null): Warning => ({
  contactId,
  code: "needs_review",
  evidence: { position },
});

/** The mails that a joining contact would get. */
function termsOfMails({ sequence, firstStep }: Pick<JoinTerms, "sequence" | "firstStep">) {
  return {
    sequenceId: sequence.id,
    beginsAt: firstStep?.position ?? 1,
    goesOnWhenNotSent: sequence.onNotSent === "continue",
  };
}

function gapIn(contactId: string, { position, code, missing }: FailingMail): Warning[] {
  const known = FAILING_CODES.find((one) => one === code);
  if (!known) return [];
  const evidence: SkipEvidence =
    missing.length > 0 ? { position, missing: missing.join(", ") } : { position };
  return [{ contactId, code: known, evidence }];
}

/** Who has no address joins for calls and tasks. */
function skippedFor(contactId: string, { steps, firstStep }: JoinTerms): Warning {
  const ahead = stepsAhead(steps, firstStep?.position ?? 1).filter(({ isOn }) => isOn);
  const mails = ahead.filter(({ type }) => isEmail(type));
  const left = ahead.some(({ type }) => !isEmail(type) && type !== "branch");
  const evidence = { steps: mails.map(({ position }) => position).join(", "), nothingElse: left ? 0 : 1 };
  return { contactId, code: "email_skipped", evidence };
}

/** They join, and wait until their answer is settled. */
async function unsettled({ db, caller }: Act, joining: readonly EnrollingCandidate[]): Promise<Warning[]> {
  const whom = joining.map(({ row }) => ({ contactId: row.id, email: row.email }));
  const held = await heldAmong(db, caller.teamId, whom);
  return whom.flatMap((one): Warning[] => {
    const hold = held(one);
    if (!hold) return [];
    const evidence = {
      incomingMailId: hold.incomingMailId,
      answer: hold.reason,
      until: hold.until?.toString({ fractionalSecondDigits: 3 }) ?? null,
    };
    return [{ contactId: one.contactId, code: "answer_unsettled", evidence }];
  });
}

/** As things will be when the first step is due, if no contact is touched until then. */
async function touchedEnough(
  { db, caller, now }: Act,
  { firstStep }: JoinTerms,
  joining: readonly EnrollingCandidate[],
): Promise<Warning[]> {
  const readers = joining.map(({ row }) => ({
    contactId: row.id,
    companyKey: row.companyKey,
    email: row.email,
    hasSentMail: false,
  }));
  const rules = await teamRules({ db, teamId: caller.teamId, now, holds: false }, readers);
  return readers.flatMap((reader): Warning[] => {
    const binding = fullTouches(rules.touches(reader), firstStep?.type ?? "auto_email", now);
    if (!binding) return [];
    const { scope, counts, most, days, window } = binding.standing;
    const until = binding.full.freeAt?.toString({ fractionalSecondDigits: 3 }) ?? null;
    const evidence = { scope, counts, limit: most, days, touches: window.sent, until };
    return [{ contactId: reader.contactId, code: "touch_limit", evidence }];
  });
}

const PREVIEWS = 5;

/** For a preview only: the first mails as they would read. */
export async function previewsFor(
  act: Act,
  { sequence, steps, firstStep }: JoinTerms,
  people: readonly Addressed[],
) {
  const ahead = stepsAhead(steps, firstStep?.position ?? 1);
  const step = ahead.find(({ type, isOn }) => isOn && isEmail(type));
  if (!step) return [];
  return previewFirstMails(act, {
    sequenceId: sequence.id,
    stepId: step.id,
    enrollments: people.slice(0, PREVIEWS),
  });
}

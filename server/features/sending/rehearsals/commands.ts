// A sequence tried out: for one person as it would go and read, and for everybody on their way what is not known of them.

import type { Act } from "../../../app.ts";
import { NOT_SENT } from "../../../domain/enrollments/enrollment.ts";
import {
  type Missing,
  type RehearsedMail,
  type RehearsedPlan,
  rehearsedDates,
  SAMPLE_RECIPIENT,
  type Someone,
} from "../../../domain/sending/rehearsal.ts";
import { contactPace } from "../../../domain/sequences/cadence.ts";
import { stepsBeside } from "../../../domain/sequences/sequence-plan.ts";
import type { BranchPath } from "../../../domain/sequences/step-paths.ts";
import { composeMail } from "../../../domain/templates/composing.ts";
import type { MailFacts, SenderFacts } from "../../../domain/templates/mail-facts.ts";
import { nameAsWritten } from "../../../domain/templates/variable-scope.ts";
import { TEMPLATE_VARIABLES } from "../../../domain/templates/variables.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { listFields } from "../../contacts/custom-fields/store.ts";
import { newStep, numbered, type StepWish, withBranches } from "../../editing/step-editing/steps-compose.ts";
import { verdictsOf } from "../../enrollments/branching/deciding.ts";
import { readingsOf } from "../../enrollments/enrollments/readings.ts";
import { plansOf } from "../../enrollments/enrollments/store.ts";
import { findUser } from "../../identity/users/store.ts";
import { getSender } from "../../mailboxes/mailboxes/sender.ts";
import { findSenders } from "../../mailboxes/mailboxes/store.ts";
import { aheadIn, missingValues } from "../../sequences/composing/failing.ts";
import { gatherFacts } from "../../sequences/composing/store.ts";
import { countsBySequence, NOBODY } from "../../sequences/enrollment-counts/store.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { findStep, listSteps, type StepRow } from "../../sequences/steps/store.ts";
import * as store from "./store.ts";
import { unknownIn } from "./unknown.ts";

export type ReadContext = Pick<Act, "db" | "caller" | "now">;

type DatesWish = {
  sequenceId: string;
  contactId: string | null;
  startsAt: Temporal.Instant | null;
  steps: readonly StepWish[] | null;
};

export async function rehearseDates(asking: ReadContext, wish: DatesWish): Promise<RehearsedPlan> {
  const { db, caller, now } = asking;
  const sequence = await getVisible(asking, wish.sequenceId);
  const someone = await chooseSomeone(asking, wish.sequenceId, wish.contactId);
  const plans = await plansOf(db, caller.teamId, [wish.sequenceId]);
  const { schedule = null, steps: saved = [] } = plans.get(wish.sequenceId) ?? {};
  const setting = { sequenceId: sequence.id, byExactDaytime: sequence.byExactDaytime === true };
  const longAgo = Temporal.Instant.fromEpochMilliseconds(0); // a date that has passed is told, not refused
  const steps = wish.steps
    ? numbered(
        withBranches(
          wish.steps.map((step) => ({ wish: step, step: newStep(step, { ...setting, now: longAgo }) })),
        ),
      )
    : stepsBeside(saved, null);
  const where = someone ?? { ...SAMPLE_RECIPIENT.contact, region: SAMPLE_RECIPIENT.contact.state };
  const asks = someone ? [{ sequenceId: wish.sequenceId, contactId: someone.id }] : [];
  const readings = await readingsOf(db, caller.teamId, plans, asks);
  const place = contactPace(schedule, where, someone ? readings(wish.sequenceId, someone.id) : []);
  const startsAt = wish.startsAt ?? now;
  const taken = await pathsOf(asking, sequence.ownerId, steps, someone);
  const takes = (stepId: string) => taken.get(stepId) ?? null;
  const dates = rehearsedDates(steps, place, startsAt, takes);
  return {
    someone,
    zone: place.zone,
    isContactsZone: schedule !== null && place.zone !== schedule.timeZone,
    startsAt,
    steps: steps.map(({ id, position, type }, index) => ({
      position,
      type,
      date: dates[index] ?? null,
      takes: takes(id),
    })),
  };
}

/** By branch, the path that the contact would take as they are, before anything was sent to them. */
async function pathsOf(
  { db, caller, now }: ReadContext,
  ownerId: string,
  steps: readonly StepRow[],
  someone: Someone,
): Promise<ReadonlyMap<string, BranchPath>> {
  if (!someone) return new Map();
  const them = { enrollmentId: "", contactId: someone.id };
  const asked = { db, teamId: caller.teamId, now, ownerId, supposesDone: true };
  const verdicts = await Promise.all(
    steps.flatMap(({ id, condition }) =>
      condition
        ? [verdictsOf(asked, condition, [them]).then((one) => [id, one.get("")?.holds] as const)]
        : [],
    ),
  );
  return new Map(verdicts.map(([id, holds]) => [id, holds ? "yes" : "no"]));
}

export type RehearsalWish = {
  sequenceId: string;
  contactId: string | null;
  mailboxId: string | null;
  stepId: string | null;
  subject: string | null;
  bodyHtml: string | null;
  isSigned: boolean;
  opener: string | null;
  mayLackOpener: boolean;
};

/** The mail as it would be kept and sent, for one person. */
export async function rehearseMail(asking: ReadContext, wish: RehearsalWish): Promise<RehearsedMail> {
  const { db, caller, now } = asking;
  const { sequenceId } = wish;
  await getVisible(asking, sequenceId);
  if (wish.stepId !== null) await refuseOtherStep(asking, sequenceId, wish.stepId);
  const someone = await chooseSomeone(asking, sequenceId, wish.contactId);
  const mailbox = await chooseMailbox(asking, wish.mailboxId);
  const gathered = await gatherFacts(db, caller.teamId, {
    contactIds: someone ? [someone.id] : [],
    mailboxIds: mailbox ? [mailbox.id] : [],
    sequenceId,
  });
  const sender = gathered.senders.get(mailbox?.id ?? "");
  const person = gathered.people.get(someone?.id ?? "") ?? SAMPLE_RECIPIENT;
  const facts: MailFacts = {
    ...person,
    sender: sender ?? (await asThemselves(asking)),
    sequence: gathered.sequence,
    opener:
      gathered.openers.get(someone?.id ?? "") ?? (wish.opener?.trim() || (wish.mayLackOpener ? "" : null)),
  };
  const { zone = "UTC", usesContactsZone = true } = gathered.sequence ?? {};
  const composed = composeMail({
    subject: wish.subject,
    bodyHtml: wish.bodyHtml && cleanHtml(wish.bodyHtml),
    facts,
    now,
    zone: (usesContactsZone && person.contact.timeZone) || zone,
    drawnFor: { contactId: someone?.id ?? "", stepId: wish.stepId },
    signatureHtml: wish.isSigned && sender?.signatureHtml ? cleanHtml(sender.signatureHtml) : null,
  });
  return { someone, mailbox, composed, unknown: composed.fault ? [] : await unknownIn(asking, wish) };
}

export async function refuseOtherStep({ db, caller }: ReadContext, sequenceId: string, stepId: string) {
  const step = await findStep(db, caller.teamId, stepId);
  if (step?.sequenceId !== sequenceId) throw new Refusal("record_not_found");
}

async function chooseSomeone({ db, caller }: ReadContext, sequenceId: string, contactId: string | null) {
  if (contactId === null) return store.findAnybody(db, caller.teamId, sequenceId);
  const someone = await store.findSomeone(db, caller.teamId, contactId);
  if (!someone) throw new Refusal("record_not_found");
  return someone;
}

async function chooseMailbox(asking: ReadContext, mailboxId: string | null) {
  const { db, caller } = asking;
  if (mailboxId === null) return store.findOwnSender(db, caller.teamId, caller.userId);
  await getSender(asking, mailboxId, null);
  const [mailbox] = await findSenders(db, caller.teamId, [mailboxId]);
  return mailbox ? { id: mailbox.id, email: mailbox.email } : null;
}

/** The caller, while they have no mailbox to send from. */
async function asThemselves({ db, caller }: ReadContext): Promise<SenderFacts> {
  const user = await findUser(db, caller.teamId, caller.userId);
  const { firstName = null, lastName = null, title = null, email = "", meetingUrl = null } = user ?? {};
  const name = [firstName, lastName].filter(Boolean).join(" ") || email;
  return { firstName, lastName, name, title, email, meetingUrl };
}

/** The table's, and the team's own fields by their names. */
export async function listVariables(db: Act["db"], teamId: string) {
  const fields = await Promise.all(
    (["contact", "account"] as const).map(async (source) =>
      (await listFields(db, teamId, source)).map(({ name }) => ({
        name: `${source}.${nameAsWritten(name)}`,
        source,
        meaning: name,
        example: null,
      })),
    ),
  );
  const known = TEMPLATE_VARIABLES.map(({ name, source, meaning, example }) => ({
    name,
    source,
    meaning: say(meaning),
    example,
  }));
  return [...known, ...fields.flat()];
}

const LOOKED_AT = 2000;
const SHOWN = 5;

/** For contacts who have yet to get a mail: how many lack which value, and which mails can be composed for none. */
export async function findProblems(asking: ReadContext, sequenceId: string) {
  const { db, caller } = asking;
  await getVisible(asking, sequenceId);
  const people = await store.listOnTheWay(db, caller.teamId, sequenceId, LOOKED_AT);
  const { byContact, faults } = await missingValues(asking, { sequenceId, people });
  const missing = new Map<string, Missing>();
  const ahead = aheadIn(await listSteps(db, caller.teamId, sequenceId));
  for (const { contactId, position: at } of people)
    for (const { stepId, position, missing: variables } of byContact.get(contactId) ?? [])
      for (const variable of ahead(at).has(stepId) ? variables : []) {
        const key = `${stepId} ${variable}`;
        const one = missing.get(key) ?? { stepId, position, variable, count: 0, contactIds: [] };
        missing.set(key, one);
        if (one.count++ < SHOWN) one.contactIds.push(contactId);
      }
  const counts = await countsBySequence(db, caller.teamId, [sequenceId], NOT_SENT);
  const { active, paused } = counts.get(sequenceId) ?? NOBODY;
  const inOrder = [...missing.values()].sort((a, b) => a.position - b.position || b.count - a.count);
  return { lookedAt: people.length, people: active + paused, missing: inOrder, unreadable: faults };
}

// A sequence tried out: for one person as it would go and read, and for everybody on their way what is not known of them.

import type { Act } from "../../app.ts";
import { compose } from "../../domain/composing.ts";
import { NOT_SENT } from "../../domain/enrollment.ts";
import type { MailFacts, SenderFacts } from "../../domain/mail-facts.ts";
import {
  INVENTED,
  type Missing,
  type RehearsedMail,
  type RehearsedPlan,
  rehearsedDates,
} from "../../domain/rehearsal.ts";
import { placeFor } from "../../domain/schedule.ts";
import { stepsBeside } from "../../domain/sequence-plan.ts";
import { nameAsWritten } from "../../domain/variable-scope.ts";
import { VARIABLES } from "../../domain/variables.ts";
import { cleanHtml } from "../../html.ts";
import { Refusal } from "../../refusal.ts";
import { missingValues } from "../composing/commands.ts";
import { gatherFacts } from "../composing/store.ts";
import { listFields } from "../custom-fields/store.ts";
import { getSender } from "../drafts/sender.ts";
import { countsBySequence, NOBODY } from "../enrollment-counts/store.ts";
import { plansOf } from "../enrollments/store.ts";
import { findSenders } from "../mailboxes/store.ts";
import { getVisible } from "../sharing/commands.ts";
import { newStep, numbered, type StepWish } from "../steps/compose.ts";
import { findUser } from "../users/store.ts";
import * as store from "./store.ts";

export type Asking = Pick<Act, "db" | "caller" | "now">;

export type DatesWish = {
  sequenceId: string;
  contactId: string | null;
  startsAt: Temporal.Instant | null;
  steps: readonly StepWish[] | null;
};

export async function rehearseDates(asking: Asking, wish: DatesWish): Promise<RehearsedPlan> {
  const { db, caller, now } = asking;
  const sequence = await getVisible(asking, wish.sequenceId);
  const someone = await chooseSomeone(asking, wish.sequenceId, wish.contactId);
  const plans = await plansOf(db, caller.teamId, [wish.sequenceId]);
  const { schedule = null, steps: saved = [] } = plans.get(wish.sequenceId) ?? {};
  const setting = { sequenceId: sequence.id, byExactDaytime: sequence.byExactDaytime === true };
  const longAgo = Temporal.Instant.fromEpochMilliseconds(0); // a date that has passed is told, not refused
  const steps = wish.steps
    ? numbered(wish.steps.map((step) => newStep(step, { ...setting, now: longAgo })))
    : stepsBeside(saved, null);
  const place = placeFor(schedule, someone ?? { ...INVENTED.contact, region: INVENTED.contact.state });
  const startsAt = wish.startsAt ?? now;
  const dates = rehearsedDates(steps, place, startsAt);
  return {
    ...{ someone, zone: place.zone, startsAt },
    steps: steps.map(({ position, type }, index) => ({ position, type, dueAt: dates[index] ?? null })),
  };
}

export type MailWish = {
  sequenceId: string;
  contactId: string | null;
  mailboxId: string | null;
  subject: string | null;
  bodyHtml: string | null;
  isSigned: boolean;
  opener: string | null;
  mayLackOpener: boolean;
};

/** The mail as it would be kept and sent, for one person. */
export async function rehearseMail(asking: Asking, wish: MailWish): Promise<RehearsedMail> {
  const { db, caller, now } = asking;
  const { sequenceId } = wish;
  await getVisible(asking, sequenceId);
  const someone = await chooseSomeone(asking, sequenceId, wish.contactId);
  const mailbox = await chooseMailbox(asking, wish.mailboxId);
  const gathered = await gatherFacts(db, caller.teamId, {
    contactIds: someone ? [someone.id] : [],
    mailboxIds: mailbox ? [mailbox.id] : [],
    sequenceId,
  });
  const sender = gathered.senders.get(mailbox?.id ?? "");
  const person = gathered.people.get(someone?.id ?? "") ?? INVENTED;
  const facts: MailFacts = {
    ...person,
    sender: sender ?? (await asThemselves(asking)),
    sequence: gathered.sequence,
    opener:
      gathered.openers.get(someone?.id ?? "") ?? (wish.opener?.trim() || (wish.mayLackOpener ? "" : null)),
  };
  const { zone = "UTC", usesContactsZone = true } = gathered.sequence ?? {};
  const composed = compose({
    subject: wish.subject,
    bodyHtml: wish.bodyHtml && cleanHtml(wish.bodyHtml),
    ...{ facts, now, zone: (usesContactsZone && person.contact.timeZone) || zone },
    signatureHtml: wish.isSigned && sender?.signatureHtml ? cleanHtml(sender.signatureHtml) : null,
  });
  return { someone, mailbox, composed };
}

async function chooseSomeone({ db, caller }: Asking, sequenceId: string, contactId: string | null) {
  if (contactId === null) return store.findAnybody(db, caller.teamId, sequenceId);
  const someone = await store.findSomeone(db, caller.teamId, contactId);
  if (!someone) throw new Refusal("record_not_found");
  return someone;
}

async function chooseMailbox(asking: Asking, mailboxId: string | null) {
  const { db, caller } = asking;
  if (mailboxId === null) return store.findOwnSender(db, caller.teamId, caller.userId);
  await getSender(asking, mailboxId, null);
  const [mailbox] = await findSenders(db, caller.teamId, [mailboxId]);
  return mailbox ? { id: mailbox.id, email: mailbox.email } : null;
}

/** Whoever asks, while they have no mailbox to send from. */
async function asThemselves({ db, caller }: Asking): Promise<SenderFacts> {
  const user = await findUser(db, caller.teamId, caller.userId);
  const { firstName = null, lastName = null, title = null, email = "" } = user ?? {};
  const name = [firstName, lastName].filter(Boolean).join(" ") || email;
  return { firstName, lastName, name, title, email };
}

/** The table's, and the team's own fields by their names. */
export async function listVariables(db: Act["db"], teamId: string) {
  const fields = await Promise.all(
    (["contact", "account"] as const).map(async (source) =>
      (await listFields(db, teamId, source)).map(({ name }) => ({
        ...{ name: `${source}.${nameAsWritten(name)}`, source, meaning: name, example: null },
      })),
    ),
  );
  const known = VARIABLES.map(({ name, source, meaning, example }) => ({ name, source, meaning, example }));
  return [...known, ...fields.flat()];
}

const LOOKED_AT = 2000;
const SHOWN = 5;

/** Of those who have yet to get a mail: for how many it lacks what, and which mails can be read for nobody. */
export async function findProblems(asking: Asking, sequenceId: string) {
  const { db, caller } = asking;
  await getVisible(asking, sequenceId);
  const people = await store.listOnTheWay(db, caller.teamId, sequenceId, LOOKED_AT);
  const { byContact, faults } = await missingValues(asking, { sequenceId, people });
  const missing = new Map<string, Missing>();
  for (const { contactId, position: at } of people)
    for (const { stepId, position, missing: variables } of byContact.get(contactId) ?? [])
      for (const variable of position >= at ? variables : []) {
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

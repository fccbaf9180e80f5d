// What surrounds the mails of one mailbox when they are about to be sent: for each the facts that the gate asks for, read
// as explaining reads them, so that whoever explains and whoever sends cannot disagree.

import type { Caller } from "../../app.ts";
import type { GateFacts, MailboxFacts, MailOfStep, StepFacts } from "../../domain/gate-facts.ts";
import { soundExcept } from "../../domain/sound-facts.ts";
import type { By } from "../events/store.ts";
import { type Around, type Asking, aroundOf, mailboxFacts, stepFacts } from "../explaining/around.ts";
import { personAlone } from "../explaining/contact.ts";
import { type DomainWindows, domainWindows } from "../explaining/domain-windows.ts";
import { barring, personFrom } from "../explaining/standings.ts";
import {
  findPerson,
  type PersonRow,
  readSending,
  readStandings,
  type StandingRow,
} from "../explaining/store.ts";
import { findSequence } from "../sequences/store.ts";
import type { Slot } from "./store.ts";

/** The engine sees all of a team, as its admins do. */
export function asking({ db, teamId, now }: By): Asking {
  const caller: Caller = {
    ...{ teamId, userId: NOBODY, role: "admin", isOperator: false },
    credential: { kind: "engine", id: null },
  };
  return { db, now, caller };
}

const NOBODY = "000000000000000000000000";

export type Surrounded = {
  slot: Slot;
  /** Null for a mail outside any sequence. */
  row: StandingRow | null;
  person: PersonRow | null;
  around: Around | null;
};

export type Surroundings = {
  mails: Surrounded[];
  barred: Awaited<ReturnType<typeof barring>>;
  mailboxes: ReadonlyMap<string, MailboxFacts>;
  domains: DomainWindows;
};

/** What does not change from one mail of a sequence to the next is read once: `known` is kept by whoever asks again. */
export async function surroundingsOf(
  by: By,
  slots: readonly Slot[],
  known: Map<string, Around> = new Map(),
): Promise<Surroundings> {
  const { db, teamId, now } = by;
  const inSequence = slots.filter(({ enrollmentId, copyOf }) => enrollmentId !== null && copyOf === null);
  const enrollmentIds = inSequence.flatMap(({ enrollmentId }) => enrollmentId ?? []);
  const alone = slots.filter((slot) => !inSequence.includes(slot));
  const [standings, sending, people] = await Promise.all([
    readStandings(db, teamId, enrollmentIds),
    readSending(db, teamId, [...new Set(slots.map(({ mailboxId }) => mailboxId))], now),
    Promise.all(alone.map(({ contactId }) => contactId && findPerson(db, teamId, contactId))),
  ]);
  const rows = new Map(standings.map((row) => [row.id, row]));
  const persons = new Map(people.flatMap((person) => (person ? [[person.id, person] as const] : [])));
  const copied = alone.flatMap(({ copyOf, toEmail }) => (copyOf && toEmail ? [toEmail] : []));
  const emails = [...[...standings, ...persons.values()].flatMap(({ email }) => email ?? []), ...copied];
  const barred = await barring(asking(by), emails);
  const domains = await domainWindows(by, emails);
  for (const sequenceId of new Set(standings.map((row) => row.sequenceId))) {
    if (known.has(sequenceId)) continue;
    const sequence = await findSequence(db, teamId, sequenceId);
    if (sequence) known.set(sequenceId, await aroundOf(asking(by), sequence));
  }
  return {
    mails: slots.map((slot) => {
      const row = slot.copyOf ? null : (rows.get(slot.enrollmentId ?? "") ?? null);
      const around = known.get(row?.sequenceId ?? "") ?? null;
      return { slot, row, around, person: persons.get(slot.contactId ?? "") ?? null };
    }),
    barred,
    domains,
    mailboxes: new Map(sending.map((one) => [one.id, mailboxFacts(one)])),
  };
}

/** Null where whoever it was for is gone. */
export function factsOf(
  { slot, row, around, person }: Surrounded,
  { barred, mailboxes, domains }: Pick<Surroundings, "barred" | "mailboxes" | "domains">,
  mail: MailOfStep | null,
  now: Temporal.Instant,
): GateFacts | null {
  const mailbox = mailboxes.get(slot.mailboxId) ?? null;
  if (row && around) {
    const isHere = row.currentStepId === slot.stepId && row.mailboxId === slot.mailboxId;
    return {
      now,
      heldBack: null, // held back, nobody claims
      // A mail sent by hand is due now, whatever was planned. One of another step or mailbox is no longer of use.
      membership: { ...row, dueAt: slot.dueAtManuallyChanged ? now : row.dueAt },
      sequence: around.facts,
      step: isHere ? mailing(stepFacts(around, row.currentStepId)) : null,
      person: personFrom({ row, barred }),
      mail,
      mailbox,
      domain: domains(row.email),
      unclear: null, // what is unclear is in no queue
    };
  }
  if ((slot.enrollmentId !== null && slot.copyOf === null) || !person) return null;
  return soundExcept(now, {
    membership: { dueAt: now },
    step: { type: "auto_email" },
    person: readerOf(slot, person, barred),
    domain: domains(slot.copyOf ? slot.toEmail : person.email),
    mail,
    mailbox: mailbox ?? null,
  });
}

/** Where whoever it is for wants their mail now. What was written to another address is not what was judged. */
export function isReaddressed({ slot, row, person }: Surrounded, toEmail: string | null) {
  const address = row?.email ?? person?.email ?? null;
  return slot.copyOf === null && address !== null && address !== toEmail;
}

/** Whoever wrote it, it leaves as a mail, within the same limits. */
function mailing(step: StepFacts | null): StepFacts | null {
  return step && { ...step, type: "auto_email" };
}

/** Whoever writes to one person by hand has looked at the address; of somebody in copy only the address counts. */
function readerOf({ copyOf, toEmail }: Slot, person: PersonRow, barred: Surroundings["barred"]) {
  const email = copyOf ? toEmail : person.email;
  const suppression = email === null ? null : barred(email);
  const alone = copyOf
    ? { email, suppression: suppression && { ...suppression, at: suppression.createdAt } }
    : personAlone(person, suppression);
  return { ...alone, mayBeUnverified: true };
}

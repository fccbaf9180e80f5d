// What surrounds the mails of mailboxes when they are about to be sent: for each the facts that the gate asks for.
// Read as explaining reads them, so that explaining and sending cannot disagree.

import type { Caller } from "../../../app.ts";
import type { GateFacts, MailOfStep, StepFacts } from "../../../domain/gate/gate-facts.ts";
import { soundExcept } from "../../../domain/gate/sound-facts.ts";
import { isSpared } from "../../../domain/receiving/answer-holds.ts";
import type { Touched } from "../../../domain/sequences/touches.ts";
import { type FindAnswerHold, heldAmong } from "../../contacts/answer-holds/commands.ts";
import { type Barring, barsAmong } from "../../contacts/suppressions/barring.ts";
import type { By } from "../../events/events/store.ts";
import { findSequence } from "../../sequences/sequences/store.ts";
import type { Slot } from "../outbox-rows/store.ts";
import { type Recipients, recipientsAmong } from "../recipients/recipients.ts";
import { type Around, aroundOf, mailboxFacts, type ReadContext, stepFacts } from "./around.ts";
import { findContactFacts, type GateContactRow, readStandings, type StandingRow } from "./facts-store.ts";
import { readStamp } from "./gate-store.ts";
import { personFactsFrom, readerOf } from "./people.ts";
import { readLimits, readLimitsOf, type SendingRow } from "./sending-store.ts";
import { type TeamRules, teamRules } from "./team-rules.ts";

/** The engine sees all of a team, as its admins do. */
export function asking({ db, teamId, now }: By): ReadContext {
  const caller: Caller = {
    teamId,
    userId: NOBODY,
    role: "admin",
    isOperator: false,
    credential: { kind: "engine", id: null },
  };
  return { db, now, caller };
}

const NOBODY = "000000000000000000000000";

/** `stamp`: whether it is still as it was read. */
export type AroundThen = Around & { stamp: string };

export type Surrounded = {
  slot: Slot;
  /** Null for a mail outside any sequence. */
  row: StandingRow | null;
  person: GateContactRow | null;
  around: AroundThen | null;
};

export type Surroundings = {
  mails: Surrounded[];
  barred: Barring;
  /** Contacts with a reply that no user has handled. */
  held: FindAnswerHold;
  sending: ReadonlyMap<string, SendingRow>;
  rules: TeamRules;
  recipients: Recipients;
};

/** For mails that are about to be claimed: their sequences are read as well. `sendingNow`: what the mailboxes have sent, if it is known. */
export async function surroundingsOf(
  by: By,
  slots: readonly Slot[],
  sendingNow: readonly SendingRow[] | null,
): Promise<Surroundings> {
  const { db, teamId } = by;
  const [{ rows, people }, sending] = await Promise.all([
    readersOf(by, slots),
    sendingNow ?? readLimits(db, teamId, [...new Set(slots.map(({ mailboxId }) => mailboxId))]),
  ]);
  const readers = touchedBy(slots, rows, people);
  const emails = readers.flatMap(({ email }) => email ?? []);
  const sequenceIds = [...new Set([...rows.values()].map((row) => row.sequenceId))];
  const [barred, held, rules, around] = await Promise.all([
    barsAmong(by.db, by.teamId, emails),
    heldAmong(db, teamId, readers),
    teamRules({ db: by.db, teamId: by.teamId, now: null, holds: true }, readers),
    Promise.all(sequenceIds.map((id) => readAround(by, id))),
  ]);
  const known = new Map(around.flatMap((one) => (one ? [[one.sequence.id, one] as const] : [])));
  const mails = placed(slots, rows, people, known);
  const recipients = await recipientsAmong(
    { db, teamId, now: null },
    rules.recipientLimits,
    mails.map(mailTo),
    { wants: true },
  );
  return { mails, barred, held, rules, recipients, sending: byId(sending) };
}

/** For mails that were claimed a moment ago: all that may have changed, asked in one go. */
export async function surroundingsAgain(
  by: By,
  claimed: readonly {
    slot: Slot;
    surrounded: Surrounded;
    toEmail: string | null;
    countsElsewhere: boolean;
  }[],
): Promise<Surroundings> {
  const slots = claimed.map(({ slot }) => slot);
  const emails = claimed.flatMap(({ toEmail }) => toEmail ?? []);
  const readers = claimed.map(({ surrounded, toEmail }) => ({ ...touchedOf(surrounded), email: toEmail }));
  const known = new Map(
    claimed.flatMap(({ surrounded: { around } }) => (around ? [[around.sequence.id, around] as const] : [])),
  );
  const [{ rows, people }, sending, barred, held, rules] = await Promise.all([
    readersOf(by, slots),
    readLimitsOf(
      ...([by.db, by.teamId, [...new Set(slots.map(({ mailboxId }) => mailboxId))]] as const),
      claimed.some(({ countsElsewhere }) => countsElsewhere),
    ),
    barsAmong(by.db, by.teamId, emails),
    heldAmong(by.db, by.teamId, readers),
    teamRules({ db: by.db, teamId: by.teamId, now: null, holds: true }, readers),
  ]);
  const mails = placed(slots, rows, people, known);
  const recipients = await recipientsAmong(
    { db: by.db, teamId: by.teamId, now: null },
    rules.recipientLimits,
    mails.map(mailTo),
    { wants: false },
  );
  return { mails, barred, held, rules, recipients, sending: byId(sending) };
}

function mailTo(mail: Surrounded) {
  return { mailboxId: mail.slot.mailboxId, email: touchedOf(mail).email };
}

function touchedBy(
  slots: readonly Slot[],
  rows: ReadonlyMap<string, StandingRow>,
  people: ReadonlyMap<string, GateContactRow>,
): Touched[] {
  return placed(slots, rows, people, new Map()).map(touchedOf);
}

/** A recipient in copy is another reader: known by their address alone. */
export function touchedOf({ slot, row, person }: Omit<Surrounded, "around">): Touched {
  if (slot.copyOf) return { contactId: null, companyKey: null, email: slot.toEmail, hasSentMail: true };
  const { companyKey = null, email = slot.toEmail } = row ?? person ?? {};
  return { contactId: slot.contactId, companyKey, email, hasSentMail: row?.hasSentMail ?? true };
}

async function readersOf({ db, teamId }: By, slots: readonly Slot[]) {
  const isInSequence = ({ enrollmentId, copyOf }: Slot) => enrollmentId !== null && copyOf === null;
  const enrollmentIds = slots.filter(isInSequence).flatMap(({ enrollmentId }) => enrollmentId ?? []);
  const alone = slots.filter((slot) => !isInSequence(slot)).flatMap(({ contactId }) => contactId ?? []);
  const [standings, people] = await Promise.all([
    readStandings(db, teamId, enrollmentIds),
    Promise.all([...new Set(alone)].map((id) => findContactFacts(db, teamId, id))),
  ]);
  return { rows: byId(standings), people: byId(people.flatMap((person) => person ?? [])) };
}

async function readAround(by: By, sequenceId: string): Promise<AroundThen | null> {
  const [stamp, sequence] = await Promise.all([
    readStamp(by.db, by.teamId, sequenceId),
    findSequence(by.db, by.teamId, sequenceId),
  ]);
  return sequence && { ...(await aroundOf(asking(by), sequence, { isForGate: true })), stamp };
}

function placed(
  slots: readonly Slot[],
  rows: ReadonlyMap<string, StandingRow>,
  people: ReadonlyMap<string, GateContactRow>,
  known: ReadonlyMap<string, AroundThen>,
): Surrounded[] {
  return slots.map((slot) => {
    const row = slot.copyOf ? null : (rows.get(slot.enrollmentId ?? "") ?? null);
    const around = known.get(row?.sequenceId ?? "") ?? null;
    return { slot, row, around, person: people.get(slot.contactId ?? "") ?? null };
  });
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Null where the contact is gone. */
export function gateFactsOf(
  { slot, row, around, person }: Surrounded,
  { barred, held, sending, rules, recipients }: Omit<Surroundings, "mails">,
  mail: MailOfStep | null,
  now: Temporal.Instant,
): GateFacts | null {
  const sender = sending.get(slot.mailboxId) ?? null;
  const mailbox = sender && mailboxFacts(sender);
  const hold = held(touchedOf({ slot, row, person }));
  const heldBy = hold && !isSpared(hold, slot.byHandAt) ? hold : null;
  if (row && around) {
    const isHere = row.currentStepId === slot.stepId && row.mailboxId === slot.mailboxId;
    return {
      now,
      heldBack: null, // held back, a mail is not claimed
      // A mail sent by hand is due now, whatever was planned. One of another step or mailbox is no longer of use.
      membership: {
        ...row,
        dueAt: slot.dueAtManuallyChanged ? now : row.dueAt,
        lostAddress: row.lostAddress === slot.fromEmail ? row.lostAddress : null, // who writes by hand may choose another
      },
      sequence: around.facts,
      step: isHere ? mailing(stepFacts(around, row.currentStepId)) : null,
      person: personFactsFrom({ row, barred, held: heldBy }),
      mail,
      mailbox,
      domain: rules.domain(row.email),
      recipient: recipients.of(mailTo({ slot, row, around, person }), now),
      linkedIn: null,
      touches: slot.touchReason === null ? rules.touches(touchedOf({ slot, row, person })) : [],
      isInvented: rules.isInvented(sender, row),
      unclear: null, // what is unclear is in no queue
      brakes: rules.brakes(row),
    };
  }
  if (isOfSequence(slot) || !person) return null;
  return soundExcept(now, {
    membership: { dueAt: now, hasSentMail: true }, // it begins no sequence
    step: { type: "auto_email" },
    person: { ...readerOf(slot, person, barred), answerHold: heldBy },
    recipient: recipients.of(mailTo({ slot, row, around, person }), now),
    domain: rules.domain(slot.copyOf ? slot.toEmail : person.email),
    touches: slot.touchReason === null ? rules.touches(touchedOf({ slot, row, person })) : [],
    isInvented: rules.isInvented(sender, {
      email: slot.copyOf ? slot.toEmail : person.email,
      isInvented: person.isInvented,
    }),
    mail,
    mailbox,
  });
}

/** A step's mail whose enrollment is gone is not a mail that a user wrote. */
function isOfSequence({ enrollmentId, type, copyOf }: Slot) {
  return copyOf === null && (enrollmentId !== null || type === "outreach_automatic_email");
}

/** Whether the contact's address changed since. What was written to another address is not what was judged. */
export function isReaddressed({ slot, row, person }: Surrounded, toEmail: string | null) {
  const address = row?.email ?? person?.email ?? null;
  return slot.copyOf === null && address !== null && address !== toEmail;
}

/** Whether a user or the engine wrote it, it leaves as a mail, within the same limits. A step by hand limits its tasks. */
function mailing(step: StepFacts | null): StepFacts | null {
  const isByHand = step?.type === "manual_email";
  return step && { ...step, type: "auto_email", ...(isByHand && { dailyLimit: null }) };
}

// Holding people after their answers, and letting them go on once it is settled.

import { hash } from "node:crypto";
import type { Db } from "../../../db/connect.ts";
import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { type AnswerHold, type HoldToPlace, longestHold } from "../../../domain/receiving/answer-holds.ts";
import { newId } from "../../../kernel/ids.ts";
import { type By, type Happening, record } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import * as store from "./store.ts";

/** An answer that holds, and the addresses its writer is known by. */
export type Holding = {
  incomingMailId: string;
  contactId: string;
  hold: HoldToPlace;
  emails: readonly (string | null)[];
};

/** Their addresses are locked (`lockHolding`), and the incoming mails are written down by now. */
export async function placeHolds(by: By, holding: readonly Holding[]) {
  if (holding.length === 0) return;
  const { db, teamId } = by;
  const holds = holding.map(({ incomingMailId, contactId, hold, emails }) => ({
    id: newId(),
    incomingMailId,
    contactId,
    ...hold,
    keys: keysOf(teamId, contactId, emails),
  }));
  await store.insertHolds(db, teamId, holds);
  await record(by, ...holds.map(heldEvent));
}

export function lockHolding({ db, teamId }: By, holding: readonly Pick<Holding, "emails">[]) {
  const keys = holding.flatMap(({ emails }) => keysOf(teamId, null, emails));
  return keys.length === 0 ? undefined : store.lockAddresses(db, teamId, [...new Set(keys)]);
}

/** Ends the holds of these mails, because each answer has been classified. Answers how many contacts go on. */
export async function settleHolds(by: By, incomingMailIds: readonly string[], as: string) {
  const { db, teamId, userId } = by;
  const open = await store.lockOpenOf(db, teamId, incomingMailIds);
  await end(by, open, () => store.settleHoldRows(db, teamId, idsOf(open), { by: userId, as }), as);
  return open.length;
}

/** What was settled is open again, for as long as was left. Held anew, so that what went out in between was right to go. */
export async function reopenHolds(by: By, incomingMailIds: readonly string[]) {
  const { db, teamId, now } = by;
  const last = await store.lastSettledOf(db, teamId, incomingMailIds);
  const again = last.filter(
    ({ settledAs, until }) =>
      settledAs !== null &&
      settledAs !== "time" &&
      (until === null || Temporal.Instant.compare(until, now) > 0),
  );
  if (again.length === 0) return;
  await store.lockAddresses(db, teamId, [...new Set(again.flatMap(({ keys }) => keys))]);
  const holds = again.map((row) => ({ ...row, id: newId() }));
  await store.insertHolds(db, teamId, holds);
  await record(by, ...holds.map(heldEvent));
}

const AT_ONCE = 500;

/** Records that holds have expired. The gate releases these contacts by itself, whether or not this has run. */
export async function endPassedHolds(by: By, manner: BatchMode = "together") {
  const { db, teamId, now } = by;
  const over = await store.lockPassed(db, teamId, now, AT_ONCE);
  await inParts(by, { loop: "end-holds", manner }, over, async (some) =>
    end(by, await store.endPassed(db, teamId, idsOf(some)), async () => {}, "time"),
  );
  return over.length;
}

/** The team switched holds off: contacts who are held for a time go on. A possible opt-out still waits. */
export async function endTimedHolds(by: By) {
  const { db, teamId, userId } = by;
  const open = await store.lockTimed(db, teamId);
  await end(
    by,
    open,
    () => store.settleHoldRows(db, teamId, idsOf(open), { by: userId, as: "setting" }),
    "setting",
  );
}

async function end(by: By, rows: readonly store.HoldRow[], settle: () => Promise<unknown>, as: string) {
  if (rows.length === 0) return;
  await settle();
  await store.wakeHeldMails(by.db, by.teamId, [...new Set(rows.flatMap(({ keys }) => keys))], by.now);
  const known = rows.filter(({ contactId }) => contactId !== null);
  if (known.length > 0)
    await record(
      by,
      ...known.map(
        ({ contactId, incomingMailId, reason }): Happening => ({
          type: "contact.released",
          subject: { type: "contact", id: contactId ?? "" },
          data: { incoming_mail_id: incomingMailId, reason, as },
        }),
      ),
    );
}

function heldEvent({ contactId, incomingMailId, reason, until }: Omit<store.NewHold, "keys">): Happening {
  return {
    type: "contact.held",
    subject: { type: "contact", id: contactId ?? "" },
    data: { incoming_mail_id: incomingMailId, reason, until },
  };
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

export type FindAnswerHold = (whom: { contactId: string | null; email: string | null }) => AnswerHold | null;

/** Who of them is held by an answer: asked by contact and by address, in one statement. */
export async function heldAmong(
  db: Db,
  teamId: string,
  whom: readonly { contactId: string | null; email: string | null }[],
): Promise<FindAnswerHold> {
  const known = new Map<string, string[]>();
  const keysFor = (contactId: string | null, email: string | null) =>
    known.getOrInsertComputed(`${contactId} ${email}`, () => keysOf(teamId, contactId, [email]));
  const keys = [...new Set(whom.flatMap(({ contactId, email }) => keysFor(contactId, email)))];
  const open = keys.length === 0 ? [] : await store.openHolds(db, teamId, keys);
  const byKey = Map.groupBy(open, ({ key }) => key);
  return ({ contactId, email }) =>
    longestHold(keysFor(contactId, email).flatMap((key) => byKey.get(key) ?? []));
}

/** The same as address_key in the database. Null for what is no address. */
export function addressKey(teamId: string, email: string | null) {
  const address = email === null ? null : (canonicalAddress(email) ?? email.toLowerCase());
  return address && hash("sha256", `${teamId} ${address}`);
}

/** What a person is known by: the contact's id and a digest of each address. */
export function keysOf(teamId: string, contactId: string | null, emails: readonly (string | null)[]) {
  const addresses = emails.flatMap((email) => addressKey(teamId, email) ?? []);
  return [...new Set([...(contactId === null ? [] : [contactId]), ...addresses])];
}

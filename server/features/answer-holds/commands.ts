// Holding people after their answers, and letting them go on once it is settled.

import type { Db } from "../../db/connect.ts";
import { type AnswerHold, type HoldToPlace, longestHold } from "../../domain/answer-holds.ts";
import { newId } from "../../ids.ts";
import { type By, type Happening, record } from "../events/store.ts";
import { inParts, type Manner } from "../set-aside/commands.ts";
import { keysOf } from "./keys.ts";
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
    ...{ id: newId(), incomingMailId, contactId, ...hold },
    keys: keysOf(teamId, contactId, emails),
  }));
  await store.insertHolds(db, teamId, holds);
  await record(by, ...holds.map(heldEvent));
}

export function lockHolding({ db, teamId }: By, holding: readonly Pick<Holding, "emails">[]) {
  const keys = holding.flatMap(({ emails }) => keysOf(teamId, null, emails));
  return keys.length === 0 ? undefined : store.lockAddresses(db, teamId, [...new Set(keys)]);
}

/** The holds of these mails end: what each answer was has been said. Answers how many people go on. */
export async function settleHolds(by: By, incomingMailIds: readonly string[], as: string) {
  const { db, teamId, userId } = by;
  const open = await store.lockOpenOf(db, teamId, incomingMailIds);
  await end(by, open, () => store.settle(db, teamId, idsOf(open), { by: userId, as }), as);
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

/** Says of those whose time has passed that they go on. The gate lets them by themselves, whoever notes it and when. */
export async function endPassedHolds(by: By, manner: Manner = "together") {
  const { db, teamId, now } = by;
  const over = await store.lockPassed(db, teamId, now, AT_ONCE);
  await inParts(by, { loop: "end-holds", manner }, over, async (some) =>
    end(by, await store.endPassed(db, teamId, idsOf(some)), async () => {}, "time"),
  );
  return over.length;
}

/** The team holds nobody any more: whoever is held for a time goes on. A possible opt-out waits as before. */
export async function endTimedHolds(by: By) {
  const { db, teamId, userId } = by;
  const open = await store.lockTimed(db, teamId);
  await end(by, open, () => store.settle(db, teamId, idsOf(open), { by: userId, as: "setting" }), "setting");
}

async function end(by: By, rows: readonly store.HoldRow[], settle: () => Promise<unknown>, as: string) {
  if (rows.length === 0) return;
  await settle();
  await store.wake(by.db, by.teamId, [...new Set(rows.flatMap(({ keys }) => keys))], by.now);
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

export type Held = (whom: { contactId: string | null; email: string | null }) => AnswerHold | null;

/** Who of them is held by an answer: asked by contact and by address, in one statement. */
export async function heldAmong(
  db: Db,
  teamId: string,
  whom: readonly { contactId: string | null; email: string | null }[],
): Promise<Held> {
  const keys = [...new Set(whom.flatMap(({ contactId, email }) => keysOf(teamId, contactId, [email])))];
  const open = keys.length === 0 ? [] : await store.openHolds(db, teamId, keys);
  const byKey = Map.groupBy(open, ({ key }) => key);
  return ({ contactId, email }) =>
    longestHold(keysOf(teamId, contactId, [email]).flatMap((key) => byKey.get(key) ?? []));
}
